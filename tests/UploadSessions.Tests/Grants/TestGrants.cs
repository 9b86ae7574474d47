using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>Grants for tests, and questions to them.</summary>
internal static class TestGrants
{
    /// <summary>Allows <see cref="Sessions.Minimal"/> and little more.</summary>
    public static readonly UploadGrantSpec Minimal = new()
    {
        Namespaces = new() { Names = ["team-a"] },
        RoleArns = [Sessions.Role],
        Targets = [new() { Bucket = "landing", Access = ["Upload"] }],
    };

    public static UploadGrant Named(string name, UploadGrantSpec spec) => new() { Metadata = new() { Name = name }, Spec = spec };

    public static GrantSet Set(params IEnumerable<UploadGrant> grants) => GrantSet.Of(grants);

    public static GrantResult Read(UploadGrantSpec spec) => GrantReader.Read(Named("grant", spec));

    public static GrantQuery Query(UploadSessionSpec spec, IReadOnlyDictionary<string, string>? labels = null, string? cluster = "prod") => Query(Sessions.With(spec), labels, cluster);

    public static GrantQuery Query(UploadSession session, IReadOnlyDictionary<string, string>? labels = null, string? cluster = "prod")
    {
        var result = UploadSessions.Specification.SpecReader.Read(session, Sessions.AwsWithServiceAccounts);
        result.Errors.ShouldBeEmpty();
        return new() { Session = session, Terms = result.Terms!, NamespaceLabels = labels, Cluster = cluster };
    }

    public static GrantSituation Match(UploadGrantSpec grant, UploadSessionSpec session) => GrantMatcher.Match(Set(Named("grant", grant)), Query(session));

    public static GrantSituation.Granted ShouldGrant(this UploadGrantSpec grant, UploadSessionSpec session) => Match(grant, session).ShouldBeOfType<GrantSituation.Granted>();

    public static GrantSituation.Refused ShouldRefuse(this UploadGrantSpec grant, UploadSessionSpec session, GrantRule rule)
    {
        var refused = Match(grant, session).ShouldBeOfType<GrantSituation.Refused>();
        refused.Rule.ShouldBe(rule, refused.Message);
        return refused;
    }
}
