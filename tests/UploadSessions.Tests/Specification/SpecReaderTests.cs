using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Specification;

public sealed class SpecReaderTests
{
    [Fact]
    public void Absent_fields_have_their_defaults()
    {
        var terms = Sessions.Terms(Sessions.Minimal);
        terms.Prefix.ShouldBe("");
        terms.Access.ShouldBe(Access.Upload);
        terms.KmsKey.ShouldBeNull();
        terms.SourceIps.ShouldBeEmpty();
        terms.VpcEndpoints.ShouldBeEmpty();
        terms.RequireTls.ShouldBeFalse();
        terms.Duration.ShouldBe(TimeSpan.FromHours(1));
        terms.RenewBefore.ShouldBeNull();
        terms.End.ShouldBeNull();
        terms.Suspend.ShouldBeFalse();
        terms.SessionTags.ShouldBeEmpty();
        terms.Region.ShouldBe("eu-central-1");
        terms.S3Endpoint.ShouldBeNull();
        terms.SecretName.ShouldBe("nightly-export");
        terms.ServiceAccountName.ShouldBeNull();
    }

    [Fact]
    public void All_errors_are_told_at_once_in_the_order_of_the_fields()
    {
        var result = Sessions.Read(new UploadSessionSpec
        {
            Bucket = "A",
            Prefix = "a\nb",
            Access = ["Write"],
            KmsKeyArn = "key",
            Constraints = new SessionConstraints { SourceIps = ["10.0.0.1/8"], VpcEndpoints = ["vpce-*"] },
            ServiceAccountName = "exporter",
            Duration = "1d",
            RenewBefore = "0s",
            EndsAt = "tomorrow",
            Lifetime = "-1h",
            SessionTags = new Dictionary<string, string> { ["a,b"] = "c" },
            Region = "EU",
            SecretName = "A",
        });
        result.Terms.ShouldBeNull();
        result.Errors.Select(error => error.Field).ShouldBe(
        [
            "spec.roleArn", "spec.bucket", "spec.prefix", "spec.access[0]", "spec.kmsKeyArn", "spec.constraints.sourceIps[0]",
            "spec.constraints.vpcEndpoints[0]", "spec.constraints.vpcEndpoints", "spec.serviceAccountName", "spec.duration",
            "spec.renewBefore", "spec.endsAt", "spec.lifetime", "spec.sessionTags", "spec.region", "spec.secretName",
        ]);
    }

    [Fact]
    public void A_message_names_the_value_and_what_would_be_accepted() =>
        Sessions.Read(Sessions.Minimal with { Duration = "14m" }).Errors.ShouldBe(
            [new SpecError("spec.duration", "'14m' is out of range; accepted are 15m to 12h")]);

    [Fact]
    public void Values_in_messages_are_short_and_on_one_line()
    {
        var message = Sessions.Read(Sessions.Minimal with { Region = "a\u001b[31m\n\u202e\ud800" + new string('x', 100) }).Errors.Single().Message;
        message.ShouldStartWith(@"'a\u001B[31m\u000A\u202E" + "\uFFFD" + new string('x', 55) + "…'");
    }

    [Fact]
    public void A_ServiceAccount_is_refused_with_the_way_out() =>
        Sessions.Read(Sessions.Minimal with { ServiceAccountName = "exporter" }).Errors.Single().Message.ShouldContain("not supported by this version");

    [Fact]
    public void A_session_without_metadata_is_read() =>
        SpecReader.Read(new UploadSession { Spec = Sessions.Minimal }, Sessions.Aws).Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("eu-central-1", true)]
    [InlineData("us-gov-west-1", true)]
    [InlineData("default", true)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("eu--1", false)]
    [InlineData("eu_1", false)]
    [InlineData("eu-central-1\n", false)]
    public void Regions(string region, bool accepted) => IsAccepted(Sessions.Minimal with { Region = region }).ShouldBe(accepted);

    [Theory]
    [InlineData("a", true)]
    [InlineData("a.b-c.d", true)]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("a..b", false)]
    [InlineData("-a", false)]
    [InlineData("a-", false)]
    [InlineData("a/b", false)]
    public void Secret_names(string name, bool accepted) => IsAccepted(Sessions.Minimal with { SecretName = name }).ShouldBe(accepted);

    [Fact]
    public void Secret_names_have_at_most_253_characters()
    {
        IsAccepted(Sessions.Minimal with { SecretName = new string('a', 253) }).ShouldBeTrue();
        IsAccepted(Sessions.Minimal with { SecretName = new string('a', 254) }).ShouldBeFalse();
    }

    private static bool IsAccepted(UploadSessionSpec spec) => Sessions.Read(spec).Errors.Count == 0;
}
