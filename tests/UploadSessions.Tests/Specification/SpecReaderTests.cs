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
        terms.ServiceAccount.ShouldBeNull();
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
            "spec.constraints.vpcEndpoints[0]", "spec.constraints.vpcEndpoints", "spec.serviceAccountName", "spec.sessionTags", "spec.duration",
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
    public void A_ServiceAccount_is_refused_with_the_way_out_where_the_operator_has_the_feature_off() =>
        Sessions.Read(Sessions.Minimal with { ServiceAccountName = "exporter" }).Errors.ShouldBe(
            [new SpecError("spec.serviceAccountName", "'exporter' cannot be used: the operator runs without --service-accounts enabled; remove the field to use the operator's own identity")]);

    [Fact]
    public void Where_STS_is_another_the_way_out_names_the_audience_too() =>
        Sessions.Read(Sessions.Minimal with { ServiceAccountName = "exporter" }, Sessions.Aws with { StsEndpoint = new Uri("https://sts.example") }).Errors.ShouldHaveSingleItem().Message
            .ShouldContain("without --service-accounts enabled, which needs --token-audience with --sts-endpoint;");

    [Fact]
    public void A_ServiceAccount_is_one_of_the_sessions_namespace_and_its_token_is_for_the_operators_audience()
    {
        var account = Sessions.Terms(Sessions.Minimal with { ServiceAccountName = "exporter" }, Sessions.AwsWithServiceAccounts).ServiceAccount;
        account.ShouldBe(new ServiceAccountIdentity("team-a", "exporter", "sts.amazonaws.com"));
        account!.Subject.ShouldBe("system:serviceaccount:team-a:exporter");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Exporter")]
    [InlineData("other-namespace/exporter")]
    [InlineData("exporter/token")]
    [InlineData("exporter\n")]
    [InlineData("..")]
    public void What_cannot_be_the_name_of_a_ServiceAccount_is_refused(string name)
    {
        var error = Sessions.Read(Sessions.Minimal with { ServiceAccountName = name }, Sessions.AwsWithServiceAccounts).Errors.ShouldHaveSingleItem();
        (error.Field, error.Message.Contains("is not the name of a ServiceAccount", StringComparison.Ordinal)).ShouldBe(("spec.serviceAccountName", true));
    }

    [Fact]
    public void A_ServiceAccounts_session_has_no_tags()
    {
        var spec = Sessions.Minimal with { ServiceAccountName = "exporter", SessionTags = new Dictionary<string, string> { ["project"] = "atlas" } };
        Sessions.Read(spec, Sessions.AwsWithServiceAccounts).Errors.ShouldBe(
            [new SpecError("spec.sessionTags", "cannot be combined with serviceAccountName, since AssumeRoleWithWebIdentity takes no tags; accepted is one of the two")]);
    }

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
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-123", true)]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-123456789-1234", false)]
    public void Regions(string region, bool accepted) => IsAccepted(Sessions.Minimal with { Region = region }).ShouldBe(accepted);

    /// <summary>Hosts of S3 are named by whoever makes a bucket, and the AWS SDK takes fips out of a region's name.</summary>
    [Theory]
    [InlineData("s3")]
    [InlineData("s3-us-west-2")]
    [InlineData("fips-s3-us-west-2")]
    [InlineData("s-fips3")]
    [InlineData("us-east-1-fips")]
    public void A_region_that_would_make_another_host_of_AWS_is_refused_unless_the_operator_has_an_STS_of_its_own(string region)
    {
        var store = new Uri("https://store.example");
        var spec = Sessions.Minimal with { Region = region };
        Errors(spec, new("us-east-1")).ShouldBe(["spec.region"]);
        Errors(spec, new("us-east-1", S3Endpoint: store)).ShouldBe(["spec.region"]);
        Errors(spec with { RoleArn = "arn:aws:iam:::role/uploads" }, new("us-east-1")).ShouldBe(["spec.region"]);
        Errors(spec, new("us-east-1", StsEndpoint: store)).ShouldBeEmpty();

        static IEnumerable<string> Errors(UploadSessionSpec spec, SpecDefaults defaults) => Sessions.Read(spec, defaults).Errors.Select(error => error.Field).Distinct();
    }

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
