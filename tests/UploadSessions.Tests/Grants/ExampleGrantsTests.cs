using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Tests.Crds;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace UploadSessions.Tests.Grants;

/// <summary>The grants of the documentation are valid, and allow what they say.</summary>
public sealed class ExampleGrantsTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "examples");

    public static TheoryData<string> Examples => [.. new DirectoryInfo(Path.Combine(Folder, "grants")).GetFiles("*.yaml").Select(file => $"grants/{file.Name}").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_valid(string file)
    {
        var json = Load(file);
        SchemaValidator.Problems("spec", Crd.Grants.Spec, json["spec"]).ShouldBeEmpty();
        var grant = json.Deserialize(ResourceJson.Default.UploadGrant).ShouldNotBeNull();
        GrantReader.Read(grant).Errors.ShouldBeEmpty();
        json["kind"]!.GetValue<string>().ShouldBe(UploadGrant.KindName);
        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(grant.Spec, ResourceJson.Default.UploadGrantSpec), json["spec"]).ShouldBeTrue("nothing in it was dropped");
    }

    [Fact]
    public void The_grant_of_a_team_allows_its_session_and_not_another_folder()
    {
        var session = Load("nightly-export.yaml").Deserialize(ResourceJson.Default.UploadSession)!;
        session = session with { Metadata = session.Metadata with { CreationTimestamp = Sessions.Created } };
        var grants = Grant("grants/team-a.yaml");
        GrantMatcher.Match(grants, TestGrants.Query(session)).ShouldBeOfType<GrantSituation.Granted>().Grant.ShouldBe("team-a-landing");
        GrantMatcher.Match(grants, TestGrants.Query(session with { Spec = session.Spec with { Prefix = "exports-old/" } })).ShouldBeOfType<GrantSituation.Refused>().Rule.ShouldBe(GrantRule.Prefix);
    }

    [Theory]
    [InlineData("nightly-export.yaml", "grants/team-a.yaml")]
    [InlineData("source-ips.yaml", "grants/team-a.yaml")]
    [InlineData("s3-compatible.yaml", "grants/s3-compatible.yaml")]
    public void The_grant_of_an_example_allows_it_whenever_it_is_created(string session, string grant)
    {
        foreach (var year in new[] { 2024, 2044 })
        {
            var created = Load(session).Deserialize(ResourceJson.Default.UploadSession)!;
            created = created with { Metadata = created.Metadata with { CreationTimestamp = new(year, 1, 31, 12, 0, 0, TimeSpan.Zero) } };
            GrantMatcher.Match(Grant(grant), TestGrants.Query(created)).ShouldBeOfType<GrantSituation.Granted>();
        }
    }

    [Theory]
    [InlineData("tenants/team-a/in/", GrantRule.Prefix, true)]
    [InlineData("tenants/team-b/", GrantRule.Prefix, false)]
    [InlineData("", GrantRule.Prefix, false)]
    public void The_grant_of_all_tenants_gives_each_its_folder(string prefix, GrantRule rule, bool allowed)
    {
        var session = new UploadSessionSpec { RoleArn = "arn:aws:iam::123456789012:role/tenants/uploads", Bucket = "shared-landing", Prefix = prefix };
        var labels = new Dictionary<string, string> { ["uploads.example.com/tenant"] = "true" };
        var situation = GrantMatcher.Match(Grant("grants/per-namespace.yaml"), TestGrants.Query(session, labels));
        if (allowed)
            situation.ShouldBeOfType<GrantSituation.Granted>().Terms.SessionTags.ShouldContain(new KeyValuePair<string, string>("uploadsession-namespace", "team-a"));
        else
            situation.ShouldBeOfType<GrantSituation.Refused>().Rule.ShouldBe(rule);
        labels["uploads.example.com/frozen"] = "";
        GrantMatcher.Match(Grant("grants/per-namespace.yaml"), TestGrants.Query(session, labels)).ShouldBeOfType<GrantSituation.Refused>().Grant.ShouldBeNull();
    }

    private static GrantSet Grant(string file) => GrantSet.Of([Load(file).Deserialize(ResourceJson.Default.UploadGrant)!]);

    private static JsonNode Load(string file)
    {
        using var reader = File.OpenText(Path.Combine(Folder, file));
        var stream = new YamlStream();
        stream.Load(reader);
        return ToJson(stream.Documents.ShouldHaveSingleItem().RootNode)!;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(child.Key.ToString(), ToJson(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => JsonValue.Create(bool.Parse(flag.Value!)),
        YamlScalarNode { Style: ScalarStyle.Plain } number when long.TryParse(number.Value, CultureInfo.InvariantCulture, out var value) => JsonValue.Create(value),
        _ => JsonValue.Create(node.ToString()),
    };
}
