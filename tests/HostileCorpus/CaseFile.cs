using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HostileCorpus;

/// <summary>Reads the files of cases: a list of objects, one a line, each with its intent.</summary>
internal static class CaseFile
{
    private const string Repeat = "$repeat";

    private static readonly JsonDocumentOptions Relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The cases of all files of a folder, with names made of the file's and a number.</summary>
    public static IEnumerable<(string Name, JsonObject Case)> ReadAll(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = $"{nameof(HostileCorpus)}.{folder}.";
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var theme = resource[prefix.Length..^".json".Length];
            foreach (var (index, entry) in JsonNode.Parse(stream, documentOptions: Relaxed)!.AsArray().Index())
                yield return ($"{theme}-{index + 1:00}", (JsonObject)Expand(entry)!);
        }
    }

    /// <summary>A copy of an object with the members of another; null removes one.</summary>
    public static JsonObject Merge(JsonObject @base, JsonObject? changes)
    {
        var merged = (JsonObject)@base.DeepClone();
        foreach (var (name, value) in changes ?? [])
        {
            if (value is null)
                merged.Remove(name);
            else
                merged[name] = value.DeepClone();
        }

        return merged;
    }

    /// <summary><c>{ "$repeat": ["in/", "x", 1000] }</c> stands for in/ and a thousand x.</summary>
    private static JsonNode? Expand(JsonNode? node) => node switch
    {
        JsonObject map when map[Repeat] is JsonArray repeat =>
            repeat[0]!.GetValue<string>() + string.Concat(Enumerable.Repeat(repeat[1]!.GetValue<string>(), repeat[2]!.GetValue<int>())),
        JsonObject map => new JsonObject(map.Select(member => KeyValuePair.Create(member.Key, Expand(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Expand)]),
        _ => node?.DeepClone(),
    };
}
