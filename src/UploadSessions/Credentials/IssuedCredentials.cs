namespace UploadSessions.Credentials;

/// <summary>What STS returned. Prints as redacted.</summary>
public sealed record IssuedCredentials
{
    /// <summary>Identifies the key; not a secret.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret key.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>The session token.</summary>
    public required string SessionToken { get; init; }

    /// <summary>When the request was sent, whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Expiration as STS returned it, whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The ARN of the assumed role session; null where the server returns none.</summary>
    public string? AssumedRoleArn { get; init; }

    /// <summary>PackedPolicySize in percent; null where the server returns none.</summary>
    public int? PackedPolicyPercent { get; init; }

    /// <summary>Whether it can be a secret key or a session token: visible ASCII. A line break would add lines to the files of the Secret, which AWS SDKs take for settings.</summary>
    public static bool IsSecretText(string text) => text.All(letter => letter is > ' ' and <= '~');

    /// <summary>Names the key and its expiry; never the secret parts.</summary>
    public override string ToString() => $"IssuedCredentials {{ AccessKeyId = {AccessKeyId}, ExpiresAt = {ExpiresAt:O}, secrets redacted }}";
}
