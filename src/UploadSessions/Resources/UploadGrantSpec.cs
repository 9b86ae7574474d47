namespace UploadSessions.Resources;

/// <summary>The spec as written by the platform: unchecked text. <see cref="Grants.GrantTerms"/> is its checked form.</summary>
public sealed record UploadGrantSpec
{
    /// <summary>Whose sessions are allowed. Required; empty: nobody's.</summary>
    public GrantNamespaces? Namespaces { get; init; }

    /// <summary>The roles that may be assumed. Required.</summary>
    public IReadOnlyList<string>? RoleArns { get; init; }

    /// <summary>Where objects may go, and what may be done there. Required.</summary>
    public IReadOnlyList<GrantTarget>? Targets { get; init; }

    /// <summary>The longest life of one set of credentials; absent: what STS allows.</summary>
    public string? MaxDuration { get; init; }

    /// <summary>The longest time from a session's creation to its end, which it must have then; absent: no end is needed.</summary>
    public string? MaxLifetime { get; init; }

    /// <summary>What every session is constrained by: it may narrow this, never widen it.</summary>
    public SessionConstraints? RequireConstraints { get; init; }

    /// <summary>The session tags that a session may set, with their values; absent: none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? AllowedSessionTags { get; init; }

    /// <summary>What only the platform sets.</summary>
    public GrantSession? Session { get; init; }
}

/// <summary>Namespaces by name or by label; the two exclude each other.</summary>
public sealed record GrantNamespaces
{
    /// <summary>Names.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>What their labels must be.</summary>
    public LabelSelector? Selector { get; init; }
}

/// <summary>One place for objects.</summary>
public sealed record GrantTarget
{
    /// <summary>A general-purpose bucket's name or an access point ARN. Required.</summary>
    public string? Bucket { get; init; }

    /// <summary>What the prefixes of sessions must begin with: empty, or ending in a slash; may hold <c>${namespace}</c>.</summary>
    public string? Prefix { get; init; }

    /// <summary>What may be done. Required.</summary>
    public IReadOnlyList<string>? Access { get; init; }

    /// <summary>The KMS keys that may be used; absent: none.</summary>
    public IReadOnlyList<string>? KmsKeyArns { get; init; }
}

/// <summary>What a grant adds to each call of STS and to each Secret.</summary>
public sealed record GrantSession
{
    /// <summary>The external id that the role's trust policy asks for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Session tags of every session.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Whether cluster, namespace, name and uid of the session become session tags.</summary>
    public bool? KubernetesTags { get; init; }

    /// <summary>Whether the session's namespace and name become the source identity.</summary>
    public bool? SourceIdentity { get; init; }

    /// <summary>The region; sessions name this one or none.</summary>
    public string? Region { get; init; }

    /// <summary>The STS of an S3-compatible store; absent: the operator's.</summary>
    public string? StsEndpoint { get; init; }

    /// <summary>The audience of ServiceAccount tokens for <see cref="StsEndpoint"/>; absent: sessions with the identity of a ServiceAccount have nothing to do with this grant.</summary>
    public string? TokenAudience { get; init; }

    /// <summary>An S3-compatible store; absent: the operator's.</summary>
    public string? S3Endpoint { get; init; }
}
