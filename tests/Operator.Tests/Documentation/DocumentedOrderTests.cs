using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Documentation;

/// <summary>The files that a page applies can be applied in its order: the namespaces are there, and a grant allows each session.</summary>
public sealed class DocumentedOrderTests
{
    private const string Apply = "kubectl apply -f docs/";

    /// <summary>The pages that apply one.</summary>
    public static TheoryData<string> Pages => [.. Document.All.Where(page => page.Commands.Any(command => command.StartsWith(Apply, StringComparison.Ordinal))).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_namespace_is_made_before_it_is_used(string page)
    {
        foreach (var (manifest, before) in Applied(page).Where(applied => NamespaceOf(applied.Manifest) is not (null or "upload-sessions")))
            before.ShouldContain($"kubectl create namespace {NamespaceOf(manifest)}", $"{page}: {manifest.ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_grant_that_is_applied_before_allows_every_session(string page)
    {
        foreach (var (manifest, before) in Applied(page).Where(applied => KindOf(applied.Manifest) == "UploadSession"))
        {
            var grants = GrantSet.Of([.. before.SelectMany(FilesOf).Where(earlier => KindOf(earlier) == "UploadGrant").Select(grant => grant.Deserialize(ResourceJson.Default.UploadGrant)!)]);
            var session = manifest.Deserialize(ResourceJson.Default.UploadSession)!;
            session = session with { Metadata = session.Metadata with { CreationTimestamp = TimeProvider.System.GetUtcNow() } };
            var terms = SpecReader.Read(session, new SpecDefaults("us-east-1")).Terms.ShouldNotBeNull();

            GrantMatcher.Match(grants, new GrantQuery { Session = session, Terms = terms }).ShouldBeOfType<GrantSituation.Granted>(page);
        }
    }

    /// <summary>Each manifest that a page applies, and the commands of the page before it.</summary>
    private static IEnumerable<(JsonNode Manifest, string[] Before)> Applied(string page)
    {
        string[] commands = [.. new Document(page).Commands];
        return commands.Index().SelectMany(command => FilesOf(command.Item).Select(manifest => (manifest, commands[..command.Index])));
    }

    private static IReadOnlyList<JsonNode> FilesOf(string command) => command.StartsWith(Apply, StringComparison.Ordinal)
        ? YamlText.ParseAll(File.ReadAllText(Path.Combine(Repository.Root, command["kubectl apply -f ".Length..])))
        : [];

    private static string KindOf(JsonNode manifest) => manifest["kind"]!.GetValue<string>();

    private static string? NamespaceOf(JsonNode manifest) => manifest["metadata"]!["namespace"]?.GetValue<string>();
}
