using UploadSessions.Policy;

namespace Sandbox.Aws.Identity;

/// <summary>The account: its user, its roles, and who may assume them.</summary>
internal sealed class AwsAccount
{
    private readonly Dictionary<string, Role> _roles;
    private long _lifetimeTicks;

    /// <summary>Parses the policies of the options.</summary>
    /// <exception cref="PolicyFormatException">One of them is malformed.</exception>
    public AwsAccount(AwsServerOptions options)
    {
        Id = options.AccountId;
        CredentialLifetime = options.CredentialLifetime;
        Caller = new($"arn:aws:iam::{Id}:user/{options.CallerName}", AccessKeyStore.NewId("AIDA"), PolicyDocument.Parse(options.CallerPolicy), SessionPolicy: null);
        _roles = options.Roles.ToDictionary(role => role.Arn, role => Parse(role, Caller), StringComparer.Ordinal);
    }

    /// <summary>The account's number.</summary>
    public string Id { get; }

    /// <summary>The most that credentials live; null: as asked.</summary>
    public TimeSpan? CredentialLifetime
    {
        get => Interlocked.Read(ref _lifetimeTicks) is > 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;
        set => Interlocked.Exchange(ref _lifetimeTicks, value?.Ticks ?? 0);
    }

    /// <summary>The user that the long-lived key belongs to.</summary>
    public Principal Caller { get; }

    /// <summary>The role of that ARN, or null.</summary>
    public Role? FindRole(string arn) => _roles.GetValueOrDefault(arn);

    private static Role Parse(SandboxRole role, Principal caller) => new(
        role.Arn,
        role.Arn.Split(':')[1],
        AccessKeyStore.NewId("AROA"),
        PolicyDocument.Parse(role.PermissionPolicy),
        role.TrustedCaller ?? caller.Arn,
        role.ExternalId,
        role.WebIdentity,
        role.MaxSessionDuration);

    /// <summary>A role, parsed.</summary>
    internal sealed record Role(string Arn, string Partition, string UniqueId, PolicyDocument PermissionPolicy, string TrustedCaller, string? ExternalId, WebIdentityTrust? WebIdentity, TimeSpan MaxSessionDuration);
}
