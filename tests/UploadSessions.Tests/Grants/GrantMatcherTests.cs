using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>Rule by rule: what is allowed, what is refused, and what the refusal tells to change.</summary>
public sealed class GrantMatcherTests
{
    private const string Key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

    private static readonly UploadGrantSpec Grant = TestGrants.Minimal;
    private static readonly UploadSessionSpec Session = Sessions.Minimal;

    [Fact]
    public void What_is_listed_is_granted() => Grant.ShouldGrant(Session).Grant.ShouldBe("grant");

    [Fact]
    public void Without_grants_nothing_is()
    {
        var refused = GrantMatcher.Match(GrantSet.Of([]), TestGrants.Query(Session)).ShouldBeOfType<GrantSituation.Refused>();
        refused.Grant.ShouldBeNull();
        refused.Message.ShouldBe("no UploadGrant matches the namespace team-a: ask those who run the operator for one");
    }

    [Fact]
    public void A_grant_of_another_namespace_does_not_show()
    {
        var refused = (Grant with { Namespaces = new() { Names = ["team-b"] } }).ShouldRefuse(Session, GrantRule.Namespace);
        refused.Grant.ShouldBeNull();
        refused.Message.ShouldNotContain("team-b");
    }

    [Fact]
    public void An_invalid_grant_allows_nothing_and_says_why()
    {
        var refused = (Grant with { MaxDuration = "1d" }).ShouldRefuse(Session, GrantRule.Validity);
        refused.Grant.ShouldBe("grant");
        refused.Message.ShouldStartWith("the UploadGrant grant is invalid and allows nothing; those who run the operator must mend it: spec.maxDuration: '1d' is not a duration");
    }

    [Fact]
    public void A_grant_whose_namespaces_are_invalid_is_told_to_nobody() =>
        (Grant with { Namespaces = new() { Names = ["team-a", "B"] } }).ShouldRefuse(Session, GrantRule.Namespace).Grant.ShouldBeNull();

    [Fact]
    public void Role() => Message((Grant with { RoleArns = ["arn:aws:iam::123456789012:role/other", "arn:aws:iam::123456789012:role/upload-*"] }).ShouldRefuse(Session, GrantRule.Role))
        .ShouldBe("spec.roleArn 'arn:aws:iam::123456789012:role/uploads': accepted are 'arn:aws:iam::123456789012:role/other', 'arn:aws:iam::123456789012:role/upload-*'");

    [Fact]
    public void One_of_the_roles_is_enough() => (Grant with { RoleArns = ["arn:aws:iam::123456789012:role/other", Sessions.Role] }).ShouldGrant(Session);

    [Fact]
    public void Bucket() => Message(Grant.ShouldRefuse(Session with { Bucket = "landing2" }, GrantRule.Bucket))
        .ShouldBe("spec.bucket 'landing2': accepted are 'landing'");

    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", true)]
    [InlineData("exports/", "exports/", true)]
    [InlineData("exports/", "exports/2026", true)]
    [InlineData("exports/", "exports", false)]
    [InlineData("exports/", "", false)]
    [InlineData("exports/", "exports-old/", false)]
    [InlineData("exports/", "Exports/", false)]
    [InlineData("exports/", "/exports/", false)]
    [InlineData("exports/", "exports*", false)]
    [InlineData("e\u0301/", "\u00e9/", false)]
    [InlineData("${namespace}/", "team-a/", true)]
    [InlineData("${namespace}/", "team-a/x", true)]
    [InlineData("${namespace}/", "team-a", false)]
    [InlineData("${namespace}/", "team-a-b/", false)]
    [InlineData("${namespace}/", "team-b/", false)]
    [InlineData("${namespace}/", "${namespace}/", false)]
    [InlineData("in/${namespace}-${namespace}/", "in/team-a-team-a/x", true)]
    public void Prefix(string granted, string asked, bool allowed)
    {
        var grant = Grant with { Targets = [Grant.Targets![0] with { Prefix = granted }] };
        if (allowed)
            grant.ShouldGrant(Session with { Prefix = asked });
        else
            grant.ShouldRefuse(Session with { Prefix = asked }, GrantRule.Prefix).Message.ShouldContain($"begin with '{granted.Replace("${namespace}", "team-a", StringComparison.Ordinal)}'");
    }

    [Theory]
    [InlineData("Put,Upload,Download,List,Delete,Tag,Acl,Retain", "Retain,Acl", null)]
    [InlineData("Upload", "Put", null)]
    [InlineData("Upload", "Put,Upload", null)]
    [InlineData("Put", "Upload", "spec.access [Upload] under this prefix: accepted are [Put]")]
    [InlineData("Upload,List", "Upload,Download,Delete", "spec.access [Download, Delete] under this prefix: accepted are [Put, Upload, List]")]
    [InlineData("Download", null, "spec.access [Upload] under this prefix: accepted are [Download]")]
    public void Access(string granted, string? asked, string? message)
    {
        var grant = Grant with { Targets = [Grant.Targets![0] with { Access = granted.Split(',') }] };
        var session = Session with { Access = asked?.Split(',') };
        if (message is null)
            grant.ShouldGrant(session);
        else
            Message(grant.ShouldRefuse(session, GrantRule.Access)).ShouldBe(message);
    }

    [Fact]
    public void Kms_key()
    {
        var grant = Grant with { Targets = [Grant.Targets![0] with { KmsKeyArns = [Key] }] };
        grant.ShouldGrant(Session);
        grant.ShouldGrant(Session with { KmsKeyArn = Key });
        Message(grant.ShouldRefuse(Session with { KmsKeyArn = Key + "2" }, GrantRule.KmsKey)).ShouldBe($"spec.kmsKeyArn '{Key}2' in this bucket: accepted are '{Key}'");
        Message(Grant.ShouldRefuse(Session with { KmsKeyArn = Key }, GrantRule.KmsKey)).ShouldEndWith("accepted are sessions without a key");
    }

    [Fact]
    public void One_target_must_allow_all()
    {
        var grant = Grant with
        {
            Targets =
            [
                new() { Bucket = "landing", Prefix = "a/", Access = ["Upload"] },
                new() { Bucket = "landing", Prefix = "b/", Access = ["Download"], KmsKeyArns = [Key] },
                new() { Bucket = "other", Access = ["Upload", "Download"] },
            ],
        };
        grant.ShouldGrant(Session with { Prefix = "a/" });
        grant.ShouldRefuse(Session with { Prefix = "a/", Access = ["Upload", "Download"] }, GrantRule.Access);
        grant.ShouldRefuse(Session with { Prefix = "a/", KmsKeyArn = Key }, GrantRule.KmsKey);
        Message(grant.ShouldRefuse(Session with { Prefix = "c/" }, GrantRule.Prefix)).ShouldBe("spec.prefix 'c/' in this bucket: accepted are prefixes that begin with 'a/', 'b/'");
    }

    [Theory]
    [InlineData("1h", null, null)]
    [InlineData("1h", "60m", null)]
    [InlineData("90m", "1h30m", null)]
    [InlineData("30m", null, "a duration of 1h (the default): set spec.duration to 30m or less")]
    [InlineData("90m", "1h30m1s", "a duration of 1h30m1s: set spec.duration to 1h30m or less")]
    public void Duration(string cap, string? asked, string? message)
    {
        var grant = Grant with { MaxDuration = cap };
        if (message is null)
            grant.ShouldGrant(Session with { Duration = asked });
        else
            Message(grant.ShouldRefuse(Session with { Duration = asked }, GrantRule.Duration)).ShouldBe(message);
    }

    [Theory]
    [InlineData("24h", null, null)]
    [InlineData("1h", "2026-11-02T12:00:00Z", null)]
    [InlineData(null, "2026-11-02T12:00:00Z", null)]
    [InlineData(null, "2001-01-01T00:00:00Z", null)]
    [InlineData("48h", "2026-11-02T12:00:00Z", null)]
    [InlineData(null, null, "a session without an end: set spec.lifetime to 24h or less, or spec.endsAt")]
    [InlineData("24h1s", null, "a session that ends 24h1s after its creation: set spec.lifetime to 24h or less, or spec.endsAt sooner")]
    [InlineData(null, "2026-11-02T12:00:01Z", "a session that ends 24h1s after its creation: set spec.lifetime to 24h or less, or spec.endsAt sooner")]
    public void Lifetime(string? lifetime, string? endsAt, string? message)
    {
        var grant = Grant with { MaxLifetime = "24h" };
        var session = Session with { Lifetime = lifetime, EndsAt = endsAt };
        if (message is null)
            grant.ShouldGrant(session);
        else
            Message(grant.ShouldRefuse(session, GrantRule.Lifetime)).ShouldBe(message);
    }

    [Fact]
    public void Session_tags()
    {
        var grant = Grant with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { ["project"] = ["atlas", "borealis"], ["tier"] = [""] } };
        grant.ShouldGrant(Session);
        grant.ShouldGrant(Tagged("project", "atlas"));
        grant.ShouldGrant(Tagged("tier", ""));
        Message(grant.ShouldRefuse(Tagged("project", "Atlas"), GrantRule.SessionTags)).ShouldBe("spec.sessionTags.project 'Atlas': accepted are 'atlas', 'borealis'");
        Message(grant.ShouldRefuse(Tagged("Project", "atlas"), GrantRule.SessionTags)).ShouldBe("spec.sessionTags 'Project': accepted are the tags 'project', 'tier'");
        Message(Grant.ShouldRefuse(Tagged("project", "atlas"), GrantRule.SessionTags)).ShouldEndWith("accepted are sessions without tags");
        grant.ShouldRefuse(Tagged("uploadsession-namespace", "team-b"), GrantRule.SessionTags);
    }

    [Fact]
    public void No_more_tags_than_STS_takes()
    {
        var allowed = Enumerable.Range(0, 50).ToDictionary(i => $"s{i:00}", _ => (IReadOnlyList<string>)["v"]);
        var grant = Grant with { AllowedSessionTags = allowed, Session = new() { KubernetesTags = true } };
        grant.ShouldGrant(Session with { SessionTags = allowed.Keys.Take(46).ToDictionary(key => key, _ => "v") }).Terms.SessionTags.Count.ShouldBe(50);
        Message(grant.ShouldRefuse(Session with { SessionTags = allowed.Keys.Take(47).ToDictionary(key => key, _ => "v") }, GrantRule.SessionTags)).ShouldContain("there are 51, and STS takes 50");
    }

    [Fact]
    public void Region()
    {
        var grant = Grant with { Session = new() { Region = "eu-west-1" } };
        grant.ShouldGrant(Session).Terms.Region.ShouldBe("eu-west-1");
        grant.ShouldGrant(Session with { Region = "eu-west-1" });
        Message(grant.ShouldRefuse(Session with { Region = "us-east-1" }, GrantRule.Region)).ShouldBe("spec.region 'us-east-1': remove it, or set it to eu-west-1");
        Grant.ShouldGrant(Session with { Region = "us-east-1" }).Terms.Region.ShouldBe("us-east-1");
    }

    [Fact]
    public void A_store_that_cannot_express_the_prefix()
    {
        Grant.ShouldGrant(Session with { Prefix = "a*/" });
        var grant = Grant with { Session = new() { StsEndpoint = "https://store.example" } };
        grant.ShouldGrant(Session with { Prefix = "a/" });
        grant.ShouldRefuse(Session with { Prefix = "a*/" }, GrantRule.Store).Message.ShouldContain("S3-compatible store");
    }

    [Fact]
    public void What_a_grant_adds()
    {
        var grant = Grant with
        {
            AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { ["project"] = ["atlas"] },
            Session = new()
            {
                ExternalId = "external",
                Tags = new Dictionary<string, string> { ["environment"] = "production", ["z"] = "" },
                KubernetesTags = true,
                SourceIdentity = true,
                Region = "eu-west-1",
                StsEndpoint = "https://sts.store.example",
                S3Endpoint = "https://s3.store.example",
            },
        };
        var terms = grant.ShouldGrant(Tagged("project", "atlas")).Terms;
        terms.ExternalId.ShouldBe("external");
        terms.SourceIdentity.ShouldBe("team-a.nightly-export");
        terms.StsEndpoint.ShouldBe(new("https://sts.store.example"));
        terms.S3Endpoint.ShouldBe(new("https://s3.store.example"));
        string.Join(' ', terms.SessionTags.Select(tag => $"{tag.Key}={tag.Value}"))
            .ShouldBe("environment=production project=atlas uploadsession-cluster=prod uploadsession-name=nightly-export uploadsession-namespace=team-a uploadsession-uid=5f1c z=");
    }

    [Fact]
    public void A_cluster_without_a_name_has_no_tag() =>
        GrantMatcher.Match(TestGrants.Set(TestGrants.Named("grant", Grant with { Session = new() { KubernetesTags = true } })), TestGrants.Query(Session, cluster: null))
            .ShouldBeOfType<GrantSituation.Granted>().Terms.SessionTags.ShouldNotContain(tag => tag.Key == "uploadsession-cluster");

    [Fact]
    public void A_grant_that_adds_nothing_changes_nothing()
    {
        var session = Session with { Prefix = "a/", Constraints = new() { SourceIps = ["10.0.0.0/8"] }, Region = "us-east-1" };
        var query = TestGrants.Query(session);
        var granted = GrantMatcher.Match(TestGrants.Set(TestGrants.Named("grant", Grant)), query).ShouldBeOfType<GrantSituation.Granted>();
        granted.Terms.ShouldBe(query.Terms with { SessionTags = granted.Terms.SessionTags });
        granted.Terms.SessionTags.ShouldBeEmpty();
    }

    [Fact]
    public void The_first_by_name_is_used()
    {
        var set = TestGrants.Set("b B a-2 a".Split(' ').Select(name => TestGrants.Named(name, Grant)));
        GrantMatcher.Match(set, TestGrants.Query(Session)).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("B");
        set = TestGrants.Set(TestGrants.Named("a", Grant with { MaxDuration = "15m" }), TestGrants.Named("b", Grant));
        GrantMatcher.Match(set, TestGrants.Query(Session)).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("b");
    }

    [Fact]
    public void The_nearest_is_told()
    {
        var set = TestGrants.Set(
            TestGrants.Named("a", Grant with { RoleArns = [Sessions.Role + "2"] }),
            TestGrants.Named("b", Grant with { MaxDuration = "15m" }),
            TestGrants.Named("c", Grant with { MaxDuration = "30m" }),
            TestGrants.Named("d", Grant with { Targets = [Grant.Targets![0] with { Access = ["Put"] }] }),
            TestGrants.Named("e", Grant with { MaxLifetime = "1h", Namespaces = new() { Names = ["team-b"] } }));
        var refused = GrantMatcher.Match(set, TestGrants.Query(Session)).ShouldBeOfType<GrantSituation.Refused>();
        refused.Grant.ShouldBe("b");
        refused.Rule.ShouldBe(GrantRule.Duration);
        refused.Message.ShouldBe("no UploadGrant allows this session; the nearest, b, does not allow a duration of 1h (the default): set spec.duration to 15m or less");
    }

    [Fact]
    public void A_long_list_is_told_in_part() =>
        (Grant with { RoleArns = [.. Enumerable.Range(0, 64).Select(i => $"arn:aws:iam::123456789012:role/r{i}")] }).ShouldRefuse(Session, GrantRule.Role).Message.ShouldEndWith("role/r4' and 59 more");

    private static UploadSessionSpec Tagged(string key, string value) => Session with { SessionTags = new Dictionary<string, string> { [key] = value } };

    private static string Message(GrantSituation.Refused refused)
    {
        const string Start = "no UploadGrant allows this session; the nearest, grant, does not allow ";
        refused.Message.ShouldStartWith(Start);
        return refused.Message[Start.Length..];
    }
}
