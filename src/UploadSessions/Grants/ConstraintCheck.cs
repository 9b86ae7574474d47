using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Holds a session's constraints to those that a grant requires: a session may state narrower ones, and takes the grant's where it states none. Lists are never joined, since the values of one condition key are alternatives.</summary>
internal static class ConstraintCheck
{
    /// <summary>What is not allowed; null: nothing.</summary>
    public static string? Problem(GrantTerms grant, GrantQuery query) =>
        SourceIps(grant, query.Terms) ?? VpcEndpoints(grant, query.Terms) ?? Tls(grant, query);

    private static string? SourceIps(GrantTerms grant, SessionTerms session)
    {
        if (grant.SourceIps.Count == 0)
            return null;
        if (session.VpcEndpoints.Count > 0)
            return "spec.constraints.vpcEndpoints, since it requires sourceIps and the two exclude each other: remove spec.constraints.vpcEndpoints";
        var wider = session.SourceIps.FirstOrDefault(range => !grant.SourceIps.Any(required => Contains(required, range)));
        return wider is null ? null : $"spec.constraints.sourceIps {wider}: accepted are ranges within one of {string.Join(", ", grant.SourceIps)}, or no list for all of them";
    }

    private static string? VpcEndpoints(GrantTerms grant, SessionTerms session)
    {
        if (grant.VpcEndpoints.Count == 0)
            return null;
        if (session.SourceIps.Count > 0)
            return "spec.constraints.sourceIps, since it requires vpcEndpoints and the two exclude each other: remove spec.constraints.sourceIps";
        var other = session.VpcEndpoints.Except(grant.VpcEndpoints, StringComparer.Ordinal).FirstOrDefault();
        return other is null ? null : $"spec.constraints.vpcEndpoints {other}: accepted are some of {string.Join(", ", grant.VpcEndpoints)}, or no list for all of them";
    }

    private static string? Tls(GrantTerms grant, GrantQuery query) => grant.RequireTls && query.Session.Spec.Constraints?.RequireTls == false
        ? "spec.constraints.requireTls 'false': remove it, or set it to true"
        : null;

    private static bool Contains(string wide, string narrow) => Cidr.TryParse(wide, out var outer) && Cidr.TryParse(narrow, out var inner) && outer.Contains(inner);
}
