using System.Collections.ObjectModel;
using System.Globalization;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads the tags that a grant allows and those that it sets.</summary>
internal static class GrantTagsReader
{
    private const string AllowedField = "spec.allowedSessionTags";
    private const int MaxValues = 64;

    // A tag of these names is believed to come from EKS Pod Identity ("Grant Pods access to AWS resources based on tags").
    private static readonly string[] OfThePlatform = [KubernetesTags.Prefix, "kubernetes-", "eks-"];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Allowed(IReadOnlyDictionary<string, IReadOnlyList<string>>? tags, SpecErrors errors)
    {
        if (tags is null)
            return ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;
        if (tags.Count is 0 or > SessionTagsReader.MaxTags)
            errors.AddCount(AllowedField, tags.Count, $"1 to {SessionTagsReader.MaxTags}, or no allowedSessionTags");
        var allowed = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, values) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(SessionTagsReader.MaxTags))
        {
            if (CheckKey(AllowedField, key, seen.Add(key), OfThePlatform, errors))
                allowed[key] = Values($"{AllowedField}.{key}", values ?? [], errors);
        }

        return allowed;
    }

    /// <summary>The tags that the grant itself sets.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Static(string field, IReadOnlyDictionary<string, string>? tags, IEnumerable<string> allowed, int most, SpecErrors errors)
    {
        if (tags?.Count > most)
            errors.AddCount(field, tags.Count, string.Create(CultureInfo.InvariantCulture, $"at most {most}, since STS takes {SessionTagsReader.MaxTags} in all"));
        KeyValuePair<string, string>[] ordered = [.. (tags ?? ReadOnlyDictionary<string, string>.Empty).OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(most)];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var taken = new HashSet<string>(allowed, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in ordered)
        {
            if (!CheckKey(field, key, seen.Add(key), [KubernetesTags.Prefix], errors))
                continue;
            if (taken.Contains(key))
                errors.Add(field, key, "is also in allowedSessionTags, whatever its case: a session could set it anew; accepted is each key in one of the two");
            SessionTagsReader.CheckValue($"{field}.{key}", value, errors);
        }

        return ordered;
    }

    private static IReadOnlyList<string> Values(string field, IReadOnlyList<string> values, SpecErrors errors)
    {
        if (values.Count is 0 or > MaxValues)
            errors.AddCount(field, values.Count, $"1 to {MaxValues} values");
        foreach (var value in values.Take(MaxValues))
            SessionTagsReader.CheckValue(field, value, errors);
        return values;
    }

    /// <summary>ASCII only: AWS takes keys that differ in case for the same, and what case is differs between alphabets.</summary>
    private static bool CheckKey(string field, string key, bool isNew, IReadOnlyList<string> reserved, SpecErrors errors)
    {
        if (!SessionTagsReader.CheckKey(field, key, isNew, errors))
            return false;
        if (!key.All(char.IsAscii))
            errors.Add(field, key, "holds a character that is not ASCII; accepted are keys of ASCII letters, digits, spaces and _.:/=+-@");
        else if (reserved.FirstOrDefault(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is { } prefix)
            errors.Add(field, key, $"begins with {prefix}, which only the platform's own tags do; accepted are other keys");
        else
            return true;
        return false;
    }
}
