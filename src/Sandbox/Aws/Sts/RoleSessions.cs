using Sandbox.Aws.Identity;
using UploadSessions.Policy;

namespace Sandbox.Aws.Sts;

/// <summary>Opens role sessions: who may, for how long, and the keys.</summary>
internal sealed class RoleSessions(AwsAccount account, AccessKeyStore keys, TimeProvider time)
{
    private static readonly TimeSpan ChainedMaximum = TimeSpan.FromHours(1);

    /// <summary>Carries an AssumeRole out.</summary>
    /// <exception cref="AwsException">AccessDenied, or ValidationError for a duration beyond the role's maximum.</exception>
    public AccessKey Assume(AssumeRoleParameters parameters, Principal caller)
    {
        var role = account.FindRole(parameters.RoleArn);
        if (role is null || !MayAssume(caller, role) || (role.ExternalId is { } required && required != parameters.ExternalId))
            throw new AwsException(403, "AccessDenied", $"User: {caller.Arn} is not authorized to perform: sts:AssumeRole on resource: {parameters.RoleArn}");
        CheckDuration(parameters.Seconds, role, isChained: caller.IsRoleSession);
        return Open(role, parameters);
    }

    /// <summary>Carries an AssumeRoleWithWebIdentity out; it is never role chaining.</summary>
    /// <exception cref="AwsException">AccessDenied, or ValidationError for a duration beyond the role's maximum.</exception>
    public AccessKey Assume(AssumeRoleParameters parameters, WebIdentity identity)
    {
        var role = account.FindRole(parameters.RoleArn);
        if (role is null || role.WebIdentity != new WebIdentityTrust(identity.Issuer, identity.Audience, identity.Subject))
            throw new AwsException(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        CheckDuration(parameters.Seconds, role, isChained: false);
        return Open(role, parameters);
    }

    private AccessKey Open(AwsAccount.Role role, AssumeRoleParameters parameters)
    {
        var lifetime = TimeSpan.FromSeconds(parameters.Seconds);
        if (account.CredentialLifetime is { } shorter && shorter < lifetime)
            lifetime = shorter;
        var name = role.Arn[(role.Arn.LastIndexOf('/') + 1)..];
        var owner = new Principal(
            $"arn:{role.Partition}:sts::{account.Id}:assumed-role/{name}/{parameters.SessionName}",
            $"{role.UniqueId}:{parameters.SessionName}",
            role.PermissionPolicy,
            parameters.SessionPolicy,
            role.Arn);
        return keys.IssueTemporary(owner, WholeSeconds(time.GetUtcNow() + lifetime));
    }

    // The trust policy names the caller or the role the caller has assumed (IAM User Guide, "AWS JSON policy elements: Principal"), and the caller's own policies allow the call.
    private static bool MayAssume(Principal caller, AwsAccount.Role role)
    {
        var request = new AccessRequest("sts:AssumeRole", role.Arn, new Dictionary<string, string>());
        return (role.TrustedCaller == caller.Arn || role.TrustedCaller == caller.RoleArn)
            && Allows(caller.IdentityPolicy, request)
            && (caller.SessionPolicy is null || Allows(caller.SessionPolicy, request));
    }

    private static bool Allows(PolicyDocument policy, AccessRequest request) =>
        PolicyEvaluator.Evaluate(policy, request).Verdict == PolicyVerdict.Allowed;

    private static void CheckDuration(int seconds, AwsAccount.Role role, bool isChained)
    {
        if (seconds > role.MaxSessionDuration.TotalSeconds)
            throw new AwsException(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        if (isChained && seconds > ChainedMaximum.TotalSeconds)
            throw new AwsException(400, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
    }

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), time.Offset);
}
