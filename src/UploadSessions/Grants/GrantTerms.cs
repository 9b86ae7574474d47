using UploadSessions.Policy;

namespace UploadSessions.Grants;

/// <summary>A checked UploadGrant spec, the namespaces aside: every value in it is valid.</summary>
public sealed record GrantTerms
{
    /// <summary>The roles that may be assumed.</summary>
    public required IReadOnlyList<RoleArnPattern> Roles { get; init; }

    /// <summary>Where objects may go. One of them must allow all that a session asks for.</summary>
    public required IReadOnlyList<GrantTargetTerms> Targets { get; init; }

    /// <summary>The longest life of one set of credentials; null: no cap.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The longest time from a session's creation to its end; null: no cap, and no end is needed.</summary>
    public TimeSpan? MaxLifetime { get; init; }

    /// <summary>CIDRs that every session is held to; empty: none.</summary>
    public required IReadOnlyList<string> SourceIps { get; init; }

    /// <summary>VPC endpoints that every session is held to; empty: none.</summary>
    public required IReadOnlyList<string> VpcEndpoints { get; init; }

    /// <summary>Whether every session is held to TLS.</summary>
    public required bool RequireTls { get; init; }

    /// <summary>The session tags that may be set, with their values.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> AllowedSessionTags { get; init; }

    /// <summary>What the grant adds.</summary>
    public required GrantAdditions Additions { get; init; }
}

/// <summary>One place for objects.</summary>
/// <param name="Bucket">The bucket's name or access point ARN.</param>
/// <param name="Prefix">Empty, or ending in a slash; may hold <c>${namespace}</c>.</param>
/// <param name="Access">What may be done there.</param>
/// <param name="KmsKeyArns">The keys that may be used.</param>
public sealed record GrantTargetTerms(string Bucket, string Prefix, Access Access, IReadOnlyList<string> KmsKeyArns)
{
    internal const string NamespaceVariable = "${namespace}";

    /// <summary>The prefix for sessions of a namespace. A namespace's name holds no slash (RFC 1123 label), so no namespace reaches into the folder of another.</summary>
    public string PrefixFor(string ns) => Prefix.Replace(NamespaceVariable, ns, StringComparison.Ordinal);
}

/// <summary>What a grant adds to each call of STS and to each Secret.</summary>
public sealed record GrantAdditions
{
    /// <summary>Nothing.</summary>
    public static readonly GrantAdditions None = new();

    /// <summary>The external id, if any.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Session tags of every session, ordered by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Whether cluster, namespace, name and uid become session tags.</summary>
    public bool KubernetesTags { get; init; }

    /// <summary>Whether a source identity is set.</summary>
    public bool SourceIdentity { get; init; }

    /// <summary>The region; null: the session's, or the operator's.</summary>
    public string? Region { get; init; }

    /// <summary>The STS endpoint; null: the operator's.</summary>
    public Uri? StsEndpoint { get; init; }

    /// <summary>The audience of ServiceAccount tokens for <see cref="StsEndpoint"/>; null: none are sent there.</summary>
    public string? TokenAudience { get; init; }

    /// <summary>The S3 endpoint; null: the operator's.</summary>
    public Uri? S3Endpoint { get; init; }
}
