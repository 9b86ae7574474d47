namespace Sandbox.Aws.Sts;

/// <summary>An STS call as it was received and answered. Holds no secret.</summary>
public sealed record StsRequest
{
    /// <summary>When it came, on the server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>AssumeRole, GetCallerIdentity, …</summary>
    public required string Action { get; init; }

    /// <summary>RoleArn, if any.</summary>
    public string? RoleArn { get; init; }

    /// <summary>RoleSessionName, if any.</summary>
    public string? SessionName { get; init; }

    /// <summary>The session policy, if any.</summary>
    public string? Policy { get; init; }

    /// <summary>DurationSeconds, as asked.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Session tags, as asked.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>ExternalId, if any.</summary>
    public string? ExternalId { get; init; }

    /// <summary>SourceIdentity, if any.</summary>
    public string? SourceIdentity { get; init; }

    /// <summary>The id of the key that was issued, if one was: an identifier, not a secret.</summary>
    public string? IssuedAccessKeyId { get; init; }

    /// <summary><see cref="Ok"/>, <see cref="Dropped"/>, or the error code it was answered with.</summary>
    public string Result { get; init; } = Ok;

    /// <summary>The result of calls that went well.</summary>
    public const string Ok = "OK";

    /// <summary>The result of calls whose connection was cut before they were carried out.</summary>
    public const string Dropped = "Dropped";
}
