using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>One session that asks to be allowed.</summary>
public sealed record GrantQuery
{
    /// <summary>The session: its name, namespace, uid and creation time, and what its spec states and what it leaves open.</summary>
    public required UploadSession Session { get; init; }

    /// <summary>Its checked spec, from <see cref="SpecReader"/>.</summary>
    public required SessionTerms Terms { get; init; }

    /// <summary>The labels of its namespace; null where the operator may not read namespaces: then selectors match none.</summary>
    public IReadOnlyDictionary<string, string>? NamespaceLabels { get; init; }

    /// <summary>The cluster's name for the Kubernetes tags: a valid tag value; null: not known.</summary>
    public string? Cluster { get; init; }

    internal string Namespace => Session.Metadata.Namespace;
}
