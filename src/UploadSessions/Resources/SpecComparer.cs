namespace UploadSessions.Resources;

/// <summary>Whether two specs say the same: then a cache may keep the older one.</summary>
public static class SpecComparer
{
    /// <summary>Compares by value, lists in their order.</summary>
    public static bool Same(UploadSessionSpec left, UploadSessionSpec right) =>
        WithoutParts(left) == WithoutParts(right)
        && SameTexts(left.Access, right.Access)
        && WithoutLists(left.Constraints) == WithoutLists(right.Constraints)
        && SameTexts(left.Constraints?.SourceIps, right.Constraints?.SourceIps)
        && SameTexts(left.Constraints?.VpcEndpoints, right.Constraints?.VpcEndpoints)
        && SameTags(left.SessionTags, right.SessionTags);

    private static UploadSessionSpec WithoutParts(UploadSessionSpec spec) => spec with { Access = null, Constraints = null, SessionTags = null };

    private static SessionConstraints? WithoutLists(SessionConstraints? constraints) => constraints is null ? null : constraints with { SourceIps = null, VpcEndpoints = null };

    private static bool SameTexts(IReadOnlyList<string>? left, IReadOnlyList<string>? right) =>
        left is null || right is null ? left == right : left.SequenceEqual(right, StringComparer.Ordinal);

    private static bool SameTags(IReadOnlyDictionary<string, string>? left, IReadOnlyDictionary<string, string>? right) =>
        left is null || right is null
            ? left == right
            : left.Count == right.Count && left.All(tag => right.TryGetValue(tag.Key, out var value) && value == tag.Value);
}
