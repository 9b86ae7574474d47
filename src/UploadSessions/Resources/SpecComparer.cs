namespace UploadSessions.Resources;

/// <summary>Whether two specs say the same: then a cache may keep the older one.</summary>
public static class SpecComparer
{
    /// <summary>Compares by value, lists in their order.</summary>
    public static bool Same(UploadSessionSpec left, UploadSessionSpec right) =>
        WithoutParts(left) == WithoutParts(right)
        && SameTexts(left.Access, right.Access)
        && SameConstraints(left.Constraints, right.Constraints)
        && SameTags(left.SessionTags, right.SessionTags);

    private static UploadSessionSpec WithoutParts(UploadSessionSpec spec) => spec with { Access = null, Constraints = null, SessionTags = null };

    private static bool SameConstraints(SessionConstraints? left, SessionConstraints? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return left.RequireTls == right.RequireTls && SameTexts(left.SourceIps, right.SourceIps) && SameTexts(left.VpcEndpoints, right.VpcEndpoints);
    }

    private static bool SameTags(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return left.Count == right.Count && left.All(tag => right.TryGetValue(tag.Key, out var value) && value == tag.Value);
    }

    private static bool SameTexts(IReadOnlyList<string>? left, IReadOnlyList<string>? right)
    {
        if (left is null || right is null)
            return left is null && right is null;
        return left.SequenceEqual(right, StringComparer.Ordinal);
    }
}
