using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Specification;

public sealed class InputHashTests
{
    private const string Name = "team-a.nightly-export";

    private static readonly UploadSessionSpec Spec = Sessions.Minimal with
    {
        Prefix = "p/",
        Constraints = new SessionConstraints { SourceIps = ["203.0.113.0/24"] },
        SessionTags = new Dictionary<string, string> { ["project"] = "atlas" },
        EndsAt = "2026-12-01T00:00:00Z",
    };

    public static TheoryData<string, UploadSessionSpec> Changes => new()
    {
        { "roleArn", Spec with { RoleArn = Sessions.Role + "2" } },
        { "bucket", Spec with { Bucket = "landing2" } },
        { "prefix", Spec with { Prefix = "p2/" } },
        { "access", Spec with { Access = ["Put"] } },
        { "kmsKeyArn", Spec with { KmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd" } },
        { "sourceIps", Spec with { Constraints = new SessionConstraints { SourceIps = ["203.0.112.0/24"] } } },
        { "vpcEndpoints", Spec with { Constraints = new SessionConstraints { VpcEndpoints = ["vpce-1"] } } },
        { "requireTls", Spec with { Constraints = Spec.Constraints! with { RequireTls = true } } },
        { "duration", Spec with { Duration = "2h" } },
        { "endsAt", Spec with { EndsAt = "2026-12-01T00:00:01Z" } },
        { "sessionTags", Spec with { SessionTags = new Dictionary<string, string> { ["project"] = "borealis" } } },
        { "region", Spec with { Region = "eu-west-1" } },
    };

    [Fact]
    public void The_hash_never_changes_between_releases() =>
        InputHash.Of(Sessions.Terms(Spec), Name).ShouldBe("3f532bf2bd8503ad510d1604f6d14cb3e6a26175676fbc9139f8544b911a9cab");

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_STS_or_the_Secret_would_see_changes_the_hash(string field, UploadSessionSpec changed) =>
        Hash(changed).ShouldNotBe(Hash(Spec), field);

    [Fact]
    public void The_name_and_the_endpoint_change_the_hash()
    {
        InputHash.Of(Sessions.Terms(Spec), "other").ShouldNotBe(Hash(Spec));
        InputHash.Of(Sessions.Terms(Spec, Sessions.Aws with { S3Endpoint = new Uri("https://store.example") }), Name).ShouldNotBe(Hash(Spec));
        InputHash.Of(Sessions.Terms(Spec) with { ServiceAccount = new("team-a", "exporter", "a") }, Name).ShouldNotBe(Hash(Spec));
    }

    [Fact]
    public void What_only_a_grant_sets_changes_the_hash_where_it_is_set()
    {
        var terms = Sessions.Terms(Spec);
        string[] hashes =
        [
            InputHash.Of(terms, Name),
            InputHash.Of(terms with { ExternalId = "https://x" }, Name),
            InputHash.Of(terms with { SourceIdentity = "https://x" }, Name),
            InputHash.Of(terms with { StsEndpoint = new Uri("https://x") }, Name),
            InputHash.Of(terms with { S3Endpoint = new Uri("https://x") }, Name),
        ];
        hashes.ShouldBeUnique();
    }

    [Fact]
    public void What_only_says_when_or_where_does_not_change_it() =>
        Hash(Spec with { RenewBefore = "5m", Suspend = true, SecretName = "other" }).ShouldBe(Hash(Spec));

    [Fact]
    public void Writing_the_same_differently_does_not_change_it() =>
        Hash(Spec with { Access = ["Upload"], Duration = "60m", EndsAt = "2026-12-01T01:00:00+01:00", Suspend = false }).ShouldBe(Hash(Spec));

    [Fact]
    public void Text_cannot_move_between_fields_unseen()
    {
        var one = Sessions.Minimal with { SessionTags = new Dictionary<string, string> { ["a"] = "bc" } };
        var two = Sessions.Minimal with { SessionTags = new Dictionary<string, string> { ["ab"] = "c" } };
        Hash(one).ShouldNotBe(Hash(two));
    }

    private static string Hash(UploadSessionSpec spec) => InputHash.Of(Sessions.Terms(spec), Name);
}
