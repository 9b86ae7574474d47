using System.Text.Json;
using System.Text.Json.Nodes;
using Markdig.Syntax;
using Operator.Tests.Cli;
using Sandbox.KubernetesApi.Json;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Documentation;

/// <summary>The sessions and grants that the documents show are valid.</summary>
public sealed class DocumentedManifestsTests
{
    private const string FrontPage = "README.md";

    /// <summary>The documents that show one.</summary>
    public static TheoryData<string> Pages => [.. Document.All.Where(page => Shown(page).Any()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_session_renders_and_every_grant_is_valid(string page)
    {
        foreach (var shown in Shown(new Document(page)))
        {
            if (Kind(shown) == "UploadGrant")
                GrantReader.Read(Grant(shown)).Errors.ShouldBeEmpty(page);
            else
                CommandLine.Render(shown.ToJsonString()).Exit.ShouldBe(0, $"{page}: {shown.ToJsonString()}");
        }
    }

    [Fact]
    public void The_grant_of_the_front_page_allows_its_session()
    {
        var shown = Shown(new Document(FrontPage)).ToList();
        var session = shown.Single(manifest => Kind(manifest) == "UploadSession").Deserialize(ResourceJson.Default.UploadSession)!;
        session = session with { Metadata = session.Metadata with { Namespace = "team-a" } };
        var terms = SpecReader.Read(session, new SpecDefaults("us-east-1")).Terms.ShouldNotBeNull();
        var grants = GrantSet.Of([Grant(shown.Single(manifest => Kind(manifest) == "UploadGrant"))]);

        GrantMatcher.Match(grants, new GrantQuery { Session = session, Terms = terms }).ShouldBeOfType<GrantSituation.Granted>();
    }

    private static IEnumerable<JsonObject> Shown(Document page) => page.Content.Descendants<FencedCodeBlock>()
        .Where(block => block.Info == "yaml" && block.Lines.ToString().Contains("apiVersion: uploadsession.io/", StringComparison.Ordinal))
        .Select(block => YamlText.ParseObject(block.Lines.ToString()));

    private static string Kind(JsonObject manifest) => manifest["kind"]!.GetValue<string>();

    private static UploadGrant Grant(JsonObject manifest) => manifest.Deserialize(ResourceJson.Default.UploadGrant)!;
}
