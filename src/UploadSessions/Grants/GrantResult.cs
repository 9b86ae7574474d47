using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>A grant as read: its terms, or everything that is wrong with it. An invalid grant allows nothing.</summary>
public sealed record GrantResult
{
    /// <summary>The grant's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whom it is for; null where that cannot be read: then nobody is told of it.</summary>
    public NamespaceRule? Namespaces { get; init; }

    /// <summary>What it allows; null if there are errors.</summary>
    public GrantTerms? Terms { get; init; }

    /// <summary>Whether it names an STS that tokens of ServiceAccounts may be sent to.</summary>
    public bool ConcernsServiceAccounts => Terms?.Additions.TokenAudience is not null;

    /// <summary>All errors found; empty if the grant is valid.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];
}
