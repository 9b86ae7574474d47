using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Tests.Crds;

namespace UploadSessions.Tests.Grants;

/// <summary>What users read of grants is what grants are.</summary>
public sealed class GrantDocumentationTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "grants.md"));

    public static TheoryData<string> Fields => [.. Crd.Grants.Walk().Select(found => found.Path.Split('.')[^1].TrimEnd('[', ']')).Where(name => name is not ("uploadgrants" or "apiVersion" or "kind" or "metadata" or "spec" or "*")).Distinct()];

    [Theory]
    [MemberData(nameof(Fields))]
    public void Every_field_is_explained(string field) => Text.ShouldMatch($@"`([a-zA-Z]+(\[\])?\.)?{field}(\[\])?(\.[a-zA-Z]+)?`");

    public static TheoryData<UploadSessionSpec, GrantRule> Refusals => new()
    {
        { Sessions.Minimal with { RoleArn = Sessions.Role + "2" }, GrantRule.Role },
        { Sessions.Minimal with { Bucket = "other" }, GrantRule.Bucket },
        { Sessions.Minimal with { Prefix = "b/" }, GrantRule.Prefix },
        { Sessions.Minimal with { Access = ["Delete"] }, GrantRule.Access },
        { Sessions.Minimal with { KmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/1" }, GrantRule.KmsKey },
        { Sessions.Minimal with { Duration = null }, GrantRule.Duration },
        { Sessions.Minimal with { Duration = "15m", Lifetime = null }, GrantRule.Lifetime },
        { Sessions.Minimal with { Lifetime = "9h" }, GrantRule.Lifetime },
        { Sessions.Minimal with { Constraints = new() { RequireTls = false } }, GrantRule.Constraints },
        { Sessions.Minimal with { SessionTags = new Dictionary<string, string> { ["a"] = "b" } }, GrantRule.SessionTags },
        { Sessions.Minimal with { Region = "eu-west-1" }, GrantRule.Region },
        { Sessions.Minimal with { Prefix = "a/*" }, GrantRule.Store },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Every_refusal_is_in_the_table(UploadSessionSpec asked, GrantRule rule)
    {
        var grant = TestGrants.Minimal with
        {
            Targets = [new() { Bucket = "landing", Prefix = "a/", Access = ["Upload"] }],
            MaxDuration = "30m",
            MaxLifetime = "8h",
            RequireConstraints = new() { RequireTls = true },
            Session = new() { Region = "eu-central-1", S3Endpoint = "https://store.example" },
        };
        var session = asked with
        {
            Prefix = asked.Prefix ?? "a/",
            Duration = rule == GrantRule.Duration ? null : "15m",
            Lifetime = rule == GrantRule.Lifetime ? asked.Lifetime : "8h",
        };
        var message = grant.ShouldRefuse(session, rule).Message;
        var row = Text.Split('\n').Where(line => line.StartsWith("| does not allow ", StringComparison.Ordinal)).Select(line => line.Split('|')[1].Trim());
        row.ShouldContain(start => Parts(start).All(part => message.Contains(part, StringComparison.Ordinal)), message);
    }

    private static IEnumerable<string> Parts(string row) => row.Replace("1h (the default)", "…", StringComparison.Ordinal).Split('…', '[', ']').Select(part => part.TrimEnd('.')).Where(part => part.Trim().Length > 0);
}
