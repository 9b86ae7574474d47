using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>Reads session tags (IAM User Guide, "Pass session tags in AWS STS"; AWS STS API Reference, "Tag").</summary>
internal static partial class SessionTagsReader
{
    /// <summary>The most that one session has.</summary>
    public const int MaxTags = 50;

    private const int MaxKey = 128;
    private const int MaxValue = 256;
    private const string Characters = "letters, digits, spaces and _.:/=+-@";

    /// <summary>The tags ordered by key.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string field, IReadOnlyDictionary<string, string>? tags, SpecErrors errors)
    {
        if (tags is null)
            return [];
        if (tags.Count > MaxTags)
            errors.AddCount(field, tags.Count, $"at most {MaxTags}");

        KeyValuePair<string, string>[] ordered = [.. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Take(MaxTags)];
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in ordered)
            Check(field, key, value, seen.Add(key), errors);
        return ordered;
    }

    private static void Check(string field, string key, string? value, bool isNew, SpecErrors errors)
    {
        if (CheckKey(field, key, isNew, errors))
            CheckValue(SpecErrors.At(field, key), value, errors);
    }

    /// <summary>Whether it is the key of a tag that a person may set.</summary>
    public static bool CheckKey(string field, string key, bool isNew, SpecErrors errors)
    {
        if (key.Length is 0 or > MaxKey || !Allowed().IsMatch(key))
            errors.Add(field, key, $"is not a tag key; accepted are 1 to {MaxKey} {Characters}");
        else if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            errors.Add(field, key, "begins with aws:, which AWS reserves; accepted are other keys");
        else if (!isNew)
            errors.Add(field, key, "differs from another key in case only, which AWS takes for the same; accepted is each key once");
        else
            return true;
        return false;
    }

    /// <summary>Checks the value of a tag.</summary>
    public static void CheckValue(string field, string? value, SpecErrors errors)
    {
        if (value is null || value.Length > MaxValue || !Allowed().IsMatch(value))
            errors.Add(field, value ?? "", $"is not a tag value; accepted are up to {MaxValue} {Characters}");
    }

    [GeneratedRegex(@"\A[\p{L}\p{Z}\p{N}_.:/=+\-@]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Allowed();
}
