using CsCheck;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Grants;

/// <summary>Sessions with an identity of their own: the role's trust policy decides, and a grant only tells of a store.</summary>
public sealed class ServiceAccountGrantTests
{
    private static readonly UploadSessionSpec Session = Sessions.Minimal with { ServiceAccountName = "exporter" };

    private static readonly UploadGrantSpec Store = TestGrants.Minimal with
    {
        RequireConstraints = new() { RequireTls = true },
        Session = new()
        {
            ExternalId = "external",
            Tags = new Dictionary<string, string> { ["a"] = "b" },
            KubernetesTags = true,
            SourceIdentity = true,
            Region = "default",
            StsEndpoint = "https://store.example/sts",
            TokenAudience = "store",
            S3Endpoint = "https://store.example",
        },
    };

    [Fact]
    public void No_grant_is_needed() => GrantMatcher.Match(GrantSet.Of([]), TestGrants.Query(Session)).ShouldBeOfType<GrantSituation.Disabled>();

    [Fact]
    public void A_grant_that_names_an_audience_gives_its_store_and_its_constraints_and_nothing_that_the_call_cannot_carry()
    {
        var terms = Store.ShouldGrant(Session).Terms;
        terms.ServiceAccount.ShouldBe(new ServiceAccountIdentity("team-a", "exporter", "store"));
        (terms.StsEndpoint, terms.S3Endpoint, terms.Region, terms.RequireTls).ShouldBe((new Uri("https://store.example/sts"), new Uri("https://store.example"), "default", true));
        (terms.ExternalId, terms.SourceIdentity, terms.SessionTags.Count).ShouldBe((null, null, 0));
    }

    [Fact]
    public void A_grant_without_an_audience_is_not_looked_at() =>
        TestGrants.Match(Store with { Session = Store.Session! with { TokenAudience = null } }, Session).ShouldBeOfType<GrantSituation.Disabled>();

    [Fact]
    public void A_grant_that_does_not_allow_the_session_refuses_nothing() =>
        TestGrants.Match(Store with { MaxDuration = "15m" }, Session).ShouldBeOfType<GrantSituation.Disabled>();

    [Fact]
    public void An_audience_means_nothing_to_the_operators_identity() =>
        Store.ShouldGrant(Sessions.Minimal).Terms.ServiceAccount.ShouldBeNull();

    /// <summary>A token for AWS goes to AWS alone, and one for a store to that store alone.</summary>
    [Fact]
    public void A_token_is_for_the_endpoint_it_is_sent_to() =>
        Gen.Select(GrantGen.Grants, GrantGen.SessionSpecs).Sample((grants, spec) =>
        {
            var query = TestGrants.Query(spec with { ServiceAccountName = "exporter", SessionTags = null });
            switch (GrantMatcher.Match(TestGrants.Set(grants), query))
            {
                case GrantSituation.Granted granted:
                    granted.Terms.StsEndpoint.ShouldNotBeNull();
                    granted.Terms.ServiceAccount!.Audience.ShouldBe("store");
                    break;
                case var other:
                    other.ShouldBeOfType<GrantSituation.Disabled>();
                    break;
            }
        });
}
