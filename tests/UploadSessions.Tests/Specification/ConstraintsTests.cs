using UploadSessions.Resources;

namespace UploadSessions.Tests.Specification;

public sealed class ConstraintsTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.7/32", "203.0.113.7/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("2001:DB8:0::/32", "2001:db8::/32")]
    [InlineData("::/0", "::/0")]
    [InlineData("2001:db8::1/128", "2001:db8::1/128")]
    public void Ranges_are_written_in_canonical_form(string given, string canonical) =>
        Sessions.Terms(WithIps(given)).SourceIps.ShouldBe([canonical]);

    [Theory]
    [InlineData("203.0.113.9/24", "accepted would be 203.0.113.0/24")]
    [InlineData("2001:db8::1/32", "accepted would be 2001:db8::/32")]
    [InlineData("203.0.113.7", "is not a CIDR")]
    [InlineData("203.0.113.0/33", "is not a CIDR")]
    [InlineData("203.0.113.0/-1", "is not a CIDR")]
    [InlineData("203.0.113.0/024", "is not a CIDR")]
    [InlineData("203.0.113.0/", "is not a CIDR")]
    [InlineData("203.0.113/24", "is not a CIDR")]
    [InlineData("203.0.113.256/24", "is not a CIDR")]
    [InlineData("0313.0.0.0/8", "is not a CIDR")]
    [InlineData("0x10.0.0.0/8", "is not a CIDR")]
    [InlineData("2001:db8::/129", "is not a CIDR")]
    [InlineData("fe80::%eth0/64", "is not a CIDR")]
    [InlineData("::ffff:203.0.113.0/120", "is not a CIDR")]
    [InlineData("[2001:db8::]/32", "is not a CIDR")]
    [InlineData("${aws:SourceIp}/32", "is not a CIDR")]
    [InlineData("*", "is not a CIDR")]
    [InlineData("", "is not a CIDR")]
    public void Ranges_that_are_refused(string given, string says)
    {
        var error = Sessions.Read(WithIps("198.51.100.0/24", given)).Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe("spec.constraints.sourceIps[1]");
        error.Message.ShouldContain(says);
    }

    [Fact]
    public void The_order_of_a_list_means_nothing() =>
        Sessions.Terms(WithIps("203.0.113.0/24", "198.51.100.0/24", "203.0.113.0/24")).SourceIps
            .ShouldBe(Sessions.Terms(WithIps("198.51.100.0/24", "203.0.113.0/24")).SourceIps);

    [Fact]
    public void A_list_has_at_most_16_entries()
    {
        Sessions.Terms(WithIps([.. Enumerable.Range(0, 16).Select(i => $"10.{i}.0.0/16")])).SourceIps.Count.ShouldBe(16);
        var error = Sessions.Read(WithIps([.. Enumerable.Range(0, 17).Select(i => $"10.{i}.0.0/16")])).Errors.ShouldHaveSingleItem();
        error.ToString().ShouldBe("spec.constraints.sourceIps: has 17 entries; accepted are at most 16");
    }

    [Theory]
    [InlineData("vpce-0123456789abcdef0", true)]
    [InlineData("vpce-1", true)]
    [InlineData("vpce-", false)]
    [InlineData("vpce-0123456789ABCDEF0", false)]
    [InlineData("vpce-*", false)]
    [InlineData("${aws:SourceVpce}", false)]
    [InlineData("vpc-0123", false)]
    [InlineData("vpce-1\n", false)]
    public void Vpc_endpoints(string id, bool accepted) =>
        (Sessions.Read(With(new SessionConstraints { VpcEndpoints = [id] })).Errors.Count == 0).ShouldBe(accepted);

    [Fact]
    public void Addresses_and_endpoints_exclude_each_other()
    {
        Sessions.Read(With(new SessionConstraints { SourceIps = ["203.0.113.0/24"], VpcEndpoints = ["vpce-1"] })).Errors.ShouldHaveSingleItem().Message.ShouldContain("cannot be combined");
        Sessions.Read(With(new SessionConstraints { SourceIps = [], VpcEndpoints = ["vpce-1"] })).Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(null, false)]
    public void Tls(bool? given, bool required) => Sessions.Terms(With(new SessionConstraints { RequireTls = given })).RequireTls.ShouldBe(required);

    private static UploadSessionSpec With(SessionConstraints constraints) => Sessions.Minimal with { Constraints = constraints };

    private static UploadSessionSpec WithIps(params string[] ranges) => With(new SessionConstraints { SourceIps = ranges });
}
