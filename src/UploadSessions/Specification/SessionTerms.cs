using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>A checked UploadSession spec with its defaults, and what a grant adds, applied: every value in it is valid, so what follows needs no checks.</summary>
public sealed record SessionTerms
{
    /// <summary>The role to assume.</summary>
    public required RoleArn Role { get; init; }

    /// <summary>The bucket or access point.</summary>
    public required BucketTarget Bucket { get; init; }

    /// <summary>Literal key prefix; empty: the whole bucket.</summary>
    public required string Prefix { get; init; }

    /// <summary>What may be done.</summary>
    public required Access Access { get; init; }

    /// <summary>The KMS key, if any.</summary>
    public KmsKeyArn? KmsKey { get; init; }

    /// <summary>CIDRs; empty: no such constraint.</summary>
    public required IReadOnlyList<string> SourceIps { get; init; }

    /// <summary>VPC endpoint ids; empty: no such constraint.</summary>
    public required IReadOnlyList<string> VpcEndpoints { get; init; }

    /// <summary>Whether requests must use TLS.</summary>
    public required bool RequireTls { get; init; }

    /// <summary>The life of one set of credentials.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Renew this long before expiry; null: computed.</summary>
    public TimeSpan? RenewBefore { get; init; }

    /// <summary>The session's end: the earlier of endsAt and creation + lifetime.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Whether renewals are stopped.</summary>
    public required bool Suspend { get; init; }

    /// <summary>STS session tags, ordered by key (ordinal): the session's own and those that a grant adds.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> SessionTags { get; init; }

    /// <summary>The region of bucket and STS.</summary>
    public required string Region { get; init; }

    /// <summary>The S3 endpoint workloads shall use; null: AWS's own.</summary>
    public Uri? S3Endpoint { get; init; }

    /// <summary>The STS that a grant names; null: the operator's.</summary>
    public Uri? StsEndpoint { get; init; }

    /// <summary>ExternalId for STS, from a grant only; null: none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>SourceIdentity for STS, where a grant asks for it; null: none.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>The Secret to write.</summary>
    public required string SecretName { get; init; }

    /// <summary>The ServiceAccount whose identity is used; null: the operator's.</summary>
    public ServiceAccountIdentity? ServiceAccount { get; init; }
}
