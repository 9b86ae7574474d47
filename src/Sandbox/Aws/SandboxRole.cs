namespace Sandbox.Aws;

/// <summary>A role that callers may assume.</summary>
public sealed record SandboxRole
{
    /// <summary>The role's ARN.</summary>
    public required string Arn { get; init; }

    /// <summary>Its permission policy, a policy document: what sessions of it may do at most.</summary>
    public required string PermissionPolicy { get; init; }

    /// <summary>The ARN of the user, role or role session that the trust policy names; null: the sandbox's own caller.</summary>
    public string? TrustedCaller { get; init; }

    /// <summary>The external id that the trust policy asks for; null: none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The web identity that the trust policy names beside the caller; null: none.</summary>
    public WebIdentityTrust? WebIdentity { get; init; }

    /// <summary>The role's maximum session duration.</summary>
    public TimeSpan MaxSessionDuration { get; init; } = TimeSpan.FromHours(12);
}

/// <summary>A trust policy's statement for sts:AssumeRoleWithWebIdentity.</summary>
/// <param name="Issuer">The provider that is trusted.</param>
/// <param name="Audience">What the condition on <c>aud</c> asks for.</param>
/// <param name="Subject">What the condition on <c>sub</c> asks for.</param>
public sealed record WebIdentityTrust(string Issuer, string Audience, string Subject);
