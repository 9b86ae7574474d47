using Sandbox.Signing;

namespace Sandbox.Aws.Identity;

/// <summary>A key and whom it belongs to. Prints as redacted.</summary>
internal sealed record AccessKey(Principal Owner, string AccessKeyId, string SecretAccessKey, string? SessionToken = null, DateTimeOffset? ExpiresAt = null)
    : SigningCredential(AccessKeyId, SecretAccessKey, SessionToken, ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => $"AccessKey {{ AccessKeyId = {AccessKeyId}, secrets redacted }}";
}
