using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Demo.Cluster;

/// <summary>Reads a Secret, and shows it without its values.</summary>
internal static class SecretView
{
    /// <summary>One line a key: its name and its value's length.</summary>
    public static string Redacted(JsonNode secret)
    {
        var keys = secret["data"]?.AsObject().Select(entry => (entry.Key, Value(secret, entry.Key).Length)).OrderBy(entry => entry.Key, StringComparer.Ordinal).ToArray() ?? [];
        var width = keys.Select(entry => entry.Key.Length).DefaultIfEmpty().Max();
        return string.Join('\n', keys.Select(entry => $"{entry.Key.PadRight(width)}  {entry.Length,5} bytes"));
    }

    /// <summary>The value of one key. Never to be printed.</summary>
    public static byte[] Value(JsonNode secret, string key) =>
        Convert.FromBase64String(secret["data"]?[key]?.GetValue<string>() ?? throw new StoryException($"the Secret has no key {key}"));

    /// <summary>The value of one key as text. Never to be printed.</summary>
    public static string Text(JsonNode secret, string key) => Encoding.UTF8.GetString(Value(secret, key));
}
