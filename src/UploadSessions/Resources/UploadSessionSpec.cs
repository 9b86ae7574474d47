namespace UploadSessions.Resources;

/// <summary>The spec as written by the user: unchecked text. <see cref="Specification.SessionTerms"/> is its checked form. Absent fields are null: no defaults are written back.</summary>
public sealed record UploadSessionSpec
{
    /// <summary>The IAM role to assume. Required.</summary>
    public string? RoleArn { get; init; }

    /// <summary>A general-purpose bucket's name or an access point ARN. Required.</summary>
    public string? Bucket { get; init; }

    /// <summary>Literal key prefix; absent or empty: the whole bucket.</summary>
    public string? Prefix { get; init; }

    /// <summary>What may be done under the prefix; absent: Upload.</summary>
    public IReadOnlyList<string>? Access { get; init; }

    /// <summary>The KMS key that objects are encrypted with.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>Conditions on every statement that allows something in S3.</summary>
    public SessionConstraints? Constraints { get; init; }

    /// <summary>Use this ServiceAccount's identity instead of the operator's.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>The life of one set of credentials, 15m..12h; absent: 1h.</summary>
    public string? Duration { get; init; }

    /// <summary>Renew this long before expiry; absent: computed.</summary>
    public string? RenewBefore { get; init; }

    /// <summary>The session's end (RFC 3339).</summary>
    public string? EndsAt { get; init; }

    /// <summary>The session's end, counted from its creation. The earlier of the two holds.</summary>
    public string? Lifetime { get; init; }

    /// <summary>True stops renewals.</summary>
    public bool? Suspend { get; init; }

    /// <summary>STS session tags.</summary>
    public IReadOnlyDictionary<string, string>? SessionTags { get; init; }

    /// <summary>The AWS region; absent: the operator's.</summary>
    public string? Region { get; init; }

    /// <summary>The Secret to write; absent: the session's name.</summary>
    public string? SecretName { get; init; }
}
