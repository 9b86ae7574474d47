using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads a list of access kinds.</summary>
internal static class AccessReader
{
    private static readonly Dictionary<string, Access> ByName =
        Enum.GetValues<Access>().Where(access => access != Access.None).ToDictionary(access => access.ToString(), StringComparer.Ordinal);

    private static readonly string Names = string.Join(", ", ByName.Keys);

    /// <summary>The union of the list; Upload where it is absent.</summary>
    public static Access Read(string field, IReadOnlyList<string>? names, SpecErrors errors)
    {
        if (names is null)
            return Access.Upload;
        if (names.Count == 0 || names.Count > ByName.Count)
            errors.AddCount(field, names.Count, $"1 to {ByName.Count} of {Names}, or no list for Upload");
        var all = Access.None;
        foreach (var (index, name) in names.Take(ByName.Count).Index())
            all |= ReadOne(SpecErrors.At(field, index), name, all, errors);
        return all;
    }

    private static Access ReadOne(string field, string? name, Access before, SpecErrors errors)
    {
        if (name is null || !ByName.TryGetValue(name, out var access))
            errors.Add(field, name ?? "", $"is unknown; accepted are {Names}");
        else if (before.HasFlag(access))
            errors.Add(field, name, "is listed twice; accepted is each access once");
        else
            return access;
        return Access.None;
    }
}
