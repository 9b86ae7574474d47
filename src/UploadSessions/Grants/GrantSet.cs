using UploadSessions.Resources;

namespace UploadSessions.Grants;

/// <summary>All grants of a cluster at one moment, read once and ordered by name. Immutable: made anew when a grant changes.</summary>
public sealed class GrantSet
{
    private GrantSet(IReadOnlyList<GrantResult> grants) => Grants = grants;

    /// <summary>The grants as read, ordered by name (ordinal), invalid ones too.</summary>
    public IReadOnlyList<GrantResult> Grants { get; }

    /// <summary>Reads grants; their order means nothing.</summary>
    public static GrantSet Of(IEnumerable<UploadGrant> grants) =>
        new([.. grants.Select(GrantReader.Read).OrderBy(grant => grant.Name, StringComparer.Ordinal)]);
}
