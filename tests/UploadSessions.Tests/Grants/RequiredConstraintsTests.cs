using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>A session narrows what a grant requires, takes it over, or is refused; lists are never joined.</summary>
public sealed class RequiredConstraintsTests
{
    [Theory]
    [InlineData("10.0.0.0/8", null, "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "", "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "10.2.0.0/16 10.3.0.1/32", "10.2.0.0/16 10.3.0.1/32")]
    [InlineData("10.0.0.0/8 2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::/48")]
    [InlineData("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.0.0.0/8", "0.0.0.0/0", null)]
    [InlineData("10.0.0.0/8", "10.0.0.0/7", null)]
    [InlineData("10.0.0.0/8", "11.0.0.0/8", null)]
    [InlineData("10.0.0.0/8", "10.1.0.0/16 11.0.0.0/8", null)]
    [InlineData("10.0.0.0/9 10.128.0.0/9", "10.0.0.0/8", null)]
    [InlineData("0.0.0.0/0", "::/0", null)]
    [InlineData("::/0", "10.0.0.0/8", null)]
    [InlineData("2001:db8::/32", "2001:db8::/31", null)]
    public void Source_ranges(string required, string? stated, string? effective)
    {
        var grant = Requiring(new() { SourceIps = required.Split(' ') });
        var session = Sessions.Minimal with { Constraints = stated is null ? null : new() { SourceIps = Words(stated) } };
        if (effective is null)
            grant.ShouldRefuse(session, GrantRule.Constraints).Message.ShouldContain("within one of " + required.Split(' ')[0]);
        else
            grant.ShouldGrant(session).Terms.SourceIps.ShouldBe(effective.Split(' '));
    }

    [Theory]
    [InlineData("vpce-1 vpce-2", null, "vpce-1 vpce-2")]
    [InlineData("vpce-1 vpce-2", "", "vpce-1 vpce-2")]
    [InlineData("vpce-1 vpce-2", "vpce-2", "vpce-2")]
    [InlineData("vpce-1", "vpce-2", null)]
    [InlineData("vpce-1", "vpce-1 vpce-2", null)]
    [InlineData("vpce-1", "vpce-11", null)]
    public void Endpoints(string required, string? stated, string? effective)
    {
        var grant = Requiring(new() { VpcEndpoints = required.Split(' ') });
        var session = Sessions.Minimal with { Constraints = stated is null ? null : new() { VpcEndpoints = Words(stated) } };
        if (effective is null)
            grant.ShouldRefuse(session, GrantRule.Constraints).Message.ShouldContain("accepted are some of vpce-1");
        else
            grant.ShouldGrant(session).Terms.VpcEndpoints.ShouldBe(effective.Split(' '));
    }

    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    [InlineData(true, false, null)]
    public void Tls(bool required, bool? stated, bool? effective)
    {
        var session = Sessions.Minimal with { Constraints = new() { RequireTls = stated } };
        if (effective is { } tls)
            Requiring(new() { RequireTls = required }).ShouldGrant(session).Terms.RequireTls.ShouldBe(tls);
        else
            Requiring(new() { RequireTls = required }).ShouldRefuse(session, GrantRule.Constraints).Message.ShouldEndWith("spec.constraints.requireTls 'false': remove it, or set it to true");
    }

    [Fact]
    public void What_excludes_what_is_required_is_refused()
    {
        Requiring(new() { SourceIps = ["10.0.0.0/8"] }).ShouldRefuse(Sessions.Minimal with { Constraints = new() { VpcEndpoints = ["vpce-1"] } }, GrantRule.Constraints)
            .Message.ShouldEndWith("remove spec.constraints.vpcEndpoints");
        Requiring(new() { VpcEndpoints = ["vpce-1"] }).ShouldRefuse(Sessions.Minimal with { Constraints = new() { SourceIps = ["10.0.0.0/8"] } }, GrantRule.Constraints)
            .Message.ShouldEndWith("remove spec.constraints.sourceIps");
    }

    [Fact]
    public void What_is_not_required_may_be_stated()
    {
        var session = Sessions.Minimal with { Constraints = new() { SourceIps = ["10.0.0.0/8"] } };
        Requiring(new() { RequireTls = true }).ShouldGrant(session).Terms.SourceIps.ShouldBe(["10.0.0.0/8"]);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static UploadGrantSpec Requiring(SessionConstraints constraints) => TestGrants.Minimal with { RequireConstraints = constraints };
}
