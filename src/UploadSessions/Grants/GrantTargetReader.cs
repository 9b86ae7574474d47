using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads <c>spec.targets</c>.</summary>
internal static class GrantTargetReader
{
    private const string Field = "spec.targets";
    private const int MaxTargets = 64;
    private const int MaxKeys = 16;

    public static IReadOnlyList<GrantTargetTerms> Read(IReadOnlyList<GrantTarget>? targets, SpecErrors errors)
    {
        if (targets is not { Count: > 0 })
            errors.AddMissing(Field, $"1 to {MaxTargets} buckets with what may be done there");
        else if (targets.Count > MaxTargets)
            errors.AddCount(Field, targets.Count, $"1 to {MaxTargets}");
        return [.. (targets ?? []).Take(MaxTargets).Select((target, index) => ReadOne(SpecErrors.At(Field, index), target ?? new(), errors))];
    }

    private static GrantTargetTerms ReadOne(string field, GrantTarget target, SpecErrors errors)
    {
        var bucket = BucketReader.Read($"{field}.bucket", target.Bucket, role: null, errors);
        var prefix = ReadPrefix($"{field}.prefix", target.Prefix ?? "", errors);
        if (target.Access is null)
            errors.AddMissing($"{field}.access", "what may be done there, such as [Upload]");
        var access = AccessReader.Read($"{field}.access", target.Access, errors);
        return new GrantTargetTerms(bucket?.Value ?? "", prefix, WithImplied(access), ReadKeys($"{field}.kmsKeyArns", target.KmsKeyArns ?? [], errors));
    }

    private static string ReadPrefix(string field, string prefix, SpecErrors errors)
    {
        var literal = prefix.Replace(GrantTargetTerms.NamespaceVariable, "", StringComparison.Ordinal);
        if (PrefixReader.Problem(prefix, customStore: false) is { } problem)
            errors.Add(field, prefix, problem);
        else if (prefix.Length > 0 && !prefix.EndsWith('/'))
            errors.Add(field, prefix, "does not end in a slash, so that it would also cover what merely begins alike; accepted are folders such as exports/, or nothing for the whole bucket");
        else if (literal.AsSpan().ContainsAny(PolicyEscape.Special))
            errors.Add(field, prefix, $"holds one of {string.Join(' ', PolicyEscape.Special.AsEnumerable())}, which have no meaning in a grant; accepted is {GrantTargetTerms.NamespaceVariable} for the name of the session's namespace, and all other characters");
        return prefix;
    }

    private static IReadOnlyList<string> ReadKeys(string field, IReadOnlyList<string> arns, SpecErrors errors)
    {
        if (arns.Count > MaxKeys)
            errors.AddCount(field, arns.Count, $"at most {MaxKeys}");
        return [.. arns.Take(MaxKeys).Select((arn, index) => KmsKeyReader.Read(SpecErrors.At(field, index), arn ?? "", role: null, errors)?.Value).OfType<string>()];
    }

    /// <summary>Upload has all that Put has.</summary>
    private static Access WithImplied(Access access) => access.HasFlag(Access.Upload) ? access | Access.Put : access;
}
