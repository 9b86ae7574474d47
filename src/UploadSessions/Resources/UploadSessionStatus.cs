namespace UploadSessions.Resources;

/// <summary>What the operator found and did. A projection: the Secret's annotations are the truth.</summary>
public sealed record UploadSessionStatus
{
    /// <summary>The generation these fields speak of; -1 from the CRD's default until first seen.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>Ready, Stalled, Reconciling, RenewalFailing (kstatus).</summary>
    public IReadOnlyList<Condition> Conditions { get; init => field = value?.ToArray() ?? []; } = [];

    /// <summary>The Secret that holds the credentials.</summary>
    public string? SecretName { get; init; }

    /// <summary>The UploadGrant that allowed the session.</summary>
    public string? Grant { get; init; }

    /// <summary>The access key id of the credentials in force: what CloudTrail shows, not a secret.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The ARN of the assumed role session.</summary>
    public string? AssumedRoleArn { get; init; }

    /// <summary>When the credentials in force were issued.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>When they expire.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When they will be renewed.</summary>
    public DateTimeOffset? RenewAt { get; init; }

    /// <summary>How many times credentials were issued after the first.</summary>
    public long? Rotations { get; init; }

    /// <summary>The policy in force.</summary>
    public PolicyStatus? Policy { get; init; }

    /// <summary>The last value of the renew-request annotation that was carried out.</summary>
    public string? LastHandledRenewRequest { get; init; }

    /// <summary>The condition of that type; null where there is none.</summary>
    public Condition? Find(string type) => Conditions.FirstOrDefault(condition => condition.Type == type);
}

/// <summary>The session policy of the credentials in force.</summary>
public sealed record PolicyStatus
{
    /// <summary>SHA-256 of the policy text, lower-case hex.</summary>
    public string? Sha256 { get; init; }

    /// <summary>PackedPolicySize as STS returned it, in percent of its limit; absent where the server returns none.</summary>
    public int? PackedPercent { get; init; }
}
