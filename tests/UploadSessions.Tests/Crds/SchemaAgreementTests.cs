using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Crds;

/// <summary>The schema may refuse less than the operator, which also says why, but never what the operator accepts.</summary>
public sealed class SchemaAgreementTests
{
    public static TheoryData<UploadSessionSpec> AtTheLimits => new()
    {
        Sessions.Minimal with { Prefix = new string('x', 1024) },
        Sessions.Minimal with { Prefix = "Bücher/日本/😀/\"\\" },
        Sessions.Minimal with { Bucket = new string('b', 63) },
        Sessions.Minimal with { Bucket = $"arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint/{new string('a', 50)}", RoleArn = "arn:aws-us-gov:iam::123456789012:role/x" },
        Sessions.Minimal with { RoleArn = "arn:minio:iam:::role/x" },
        Sessions.Minimal with { RoleArn = $"arn:aws:iam::123456789012:role/p/{new string('r', 64)}" },
        Sessions.Minimal with { KmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab" },
        Sessions.Minimal with { Constraints = new SessionConstraints { SourceIps = ["0.0.0.0/0", "2001:db8:1111:2222:3333:4444:5555:6666/128"] } },
        Sessions.Minimal with { Constraints = new SessionConstraints { VpcEndpoints = ["vpce-0123456789abcdef0123456789abcdef"] } },
        Sessions.Minimal with { Duration = "11h59m60s", RenewBefore = "1s", Lifetime = "876000h", EndsAt = "2026-12-01T00:00:00.123456789+14:00" },
        Sessions.Minimal with { Region = new string('r', 63), SecretName = new string('s', 253) },
        Sessions.Minimal with { ServiceAccountName = new string('a', 253) },
        Sessions.Minimal with { SessionTags = Enumerable.Range(0, 50).ToDictionary(i => $"key{i}", _ => new string('v', 256)) },
    };

    [Theory]
    [MemberData(nameof(AtTheLimits))]
    public void What_the_operator_accepts_the_schema_accepts(UploadSessionSpec spec)
    {
        Sessions.Read(spec, Sessions.AwsWithServiceAccounts).Errors.ShouldBeEmpty();
        Problems(spec).ShouldBeEmpty();
    }

    [Fact]
    public void Generated_specs_that_the_operator_accepts_the_schema_accepts() => SpecGen.Valid.Sample(spec => Problems(spec).ShouldBeEmpty());

    [Theory]
    [InlineData("roleArn", "arn:aws:iam::123456789012:user/x")]
    [InlineData("bucket", "Landing")]
    [InlineData("bucket", "landing\n")]
    [InlineData("prefix", "a\u0001")]
    [InlineData("prefix", "a\u0085")]
    [InlineData("kmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:alias/x")]
    [InlineData("duration", "1d")]
    [InlineData("renewBefore", "x")]
    [InlineData("endsAt", "tomorrow")]
    [InlineData("lifetime", "")]
    [InlineData("region", "EU")]
    [InlineData("secretName", "A")]
    [InlineData("serviceAccountName", "a/b")]
    public void What_a_schema_can_say_it_refuses(string field, string value) =>
        SchemaValidator.Problems("spec", Crd.Sessions.Spec, new JsonObject { [field] = value }).ShouldHaveSingleItem();

    private static IEnumerable<string> Problems(UploadSessionSpec spec) =>
        SchemaValidator.Problems("spec", Crd.Sessions.Spec, JsonSerializer.SerializeToNode(spec, ResourceJson.Default.UploadSessionSpec));
}
