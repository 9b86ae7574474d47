namespace Sandbox.Signing;

/// <summary>A key that requests may be signed with. Prints as redacted.</summary>
/// <param name="AccessKeyId">Names the key; not a secret.</param>
/// <param name="SecretAccessKey">What signatures are derived from.</param>
/// <param name="SessionToken">Must accompany every request of a temporary key; null for long-lived keys.</param>
/// <param name="ExpiresAt">From this instant on the key is refused; null: never.</param>
public record SigningCredential(string AccessKeyId, string SecretAccessKey, string? SessionToken = null, DateTimeOffset? ExpiresAt = null)
{
    /// <summary>Names the key, never its secret parts.</summary>
    public override string ToString() => $"SigningCredential {{ AccessKeyId = {AccessKeyId}, secrets redacted }}";
}
