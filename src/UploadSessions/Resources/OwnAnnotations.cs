using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace UploadSessions.Resources;

/// <summary>The few annotations of an object that are kept: a dictionary in no more room than they take. A cache holds one for every object.</summary>
/// <param name="entries">Each key once.</param>
internal sealed class OwnAnnotations(KeyValuePair<string, string>[] entries) : IReadOnlyDictionary<string, string>
{
    public int Count => entries.Length;

    public IEnumerable<string> Keys => entries.Select(static entry => entry.Key);

    public IEnumerable<string> Values => entries.Select(static entry => entry.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => entries.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
