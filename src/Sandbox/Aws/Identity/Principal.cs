using UploadSessions.Policy;

namespace Sandbox.Aws.Identity;

/// <summary>Who a request comes from, and what they may do.</summary>
/// <param name="Arn">A user's ARN, or an assumed role session's.</param>
/// <param name="UserId">The unique id that GetCallerIdentity tells.</param>
/// <param name="IdentityPolicy">The user's or the role's policy.</param>
/// <param name="SessionPolicy">What the session is narrowed to; null: not narrowed.</param>
/// <param name="RoleArn">The role that was assumed; null: a user.</param>
internal sealed record Principal(string Arn, string UserId, PolicyDocument IdentityPolicy, PolicyDocument? SessionPolicy, string? RoleArn = null)
{
    /// <summary>Whether this is an assumed role, not a user.</summary>
    public bool IsRoleSession => RoleArn is not null;
}
