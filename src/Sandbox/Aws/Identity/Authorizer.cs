using System.Globalization;
using UploadSessions.Policy;

namespace Sandbox.Aws.Identity;

/// <summary>Decides as IAM does for one account (IAM User Guide, "Policy evaluation logic"): any explicit Deny wins; otherwise the identity policy and, where there is one, the session policy must both allow.</summary>
internal sealed class Authorizer(TimeProvider time)
{
    /// <summary>Null if allowed; else AWS's sentence on why not.</summary>
    public string? Refusal(Principal principal, RequiredPermission permission, HttpContext http)
    {
        var request = new AccessRequest(permission.Action, permission.Resource, Context(permission, http));
        var identity = PolicyEvaluator.Evaluate(principal.IdentityPolicy, request).Verdict;
        var session = principal.SessionPolicy is { } policy ? PolicyEvaluator.Evaluate(policy, request).Verdict : PolicyVerdict.Allowed;
        var reason = (identity, session) switch
        {
            (PolicyVerdict.ExplicitlyDenied, _) => "with an explicit deny in an identity-based policy",
            (_, PolicyVerdict.ExplicitlyDenied) => "with an explicit deny in a session policy",
            (PolicyVerdict.ImplicitlyDenied, _) => $"because no identity-based policy allows the {permission.Action} action",
            (_, PolicyVerdict.ImplicitlyDenied) => $"because no session policy allows the {permission.Action} action",
            _ => null,
        };
        return reason is null ? null : $"User: {principal.Arn} is not authorized to perform: {permission.Action} on resource: \"{permission.Resource}\" {reason}";
    }

    private Dictionary<string, string> Context(RequiredPermission permission, HttpContext http)
    {
        var context = new Dictionary<string, string>(permission.Context ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase)
        {
            ["aws:CurrentTime"] = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["aws:SecureTransport"] = http.Request.IsHttps ? "true" : "false",
        };
        if (http.Connection.RemoteIpAddress is { } address)
            context["aws:SourceIp"] = address.ToString();
        return context;
    }
}
