using System.Text.Json.Nodes;

namespace Operator.Tests.Install;

/// <summary>The two manifests of docs/install tell the same operator.</summary>
public sealed class ManifestTests
{
    private static readonly string[] NotOfEach = ["ClusterRole", "Role", "RoleBinding"];

    [Fact]
    public void They_differ_in_their_roles_and_in_the_namespaces_to_serve_alone()
    {
        var namespaced = Common("namespaced.yaml");
        OperatorManifests.ContainerOf(namespaced.Single(manifest => OperatorManifests.Kind(manifest) == "Deployment"))["args"]!.AsArray().RemoveAt(1);

        namespaced.Select(manifest => manifest.ToJsonString()).ShouldBe(Common("operator.yaml").Select(manifest => manifest.ToJsonString()));
    }

    [Fact]
    public void The_election_takes_the_same_rights_in_both() =>
        Election("namespaced.yaml").ShouldBe(Election("operator.yaml"));

    [Fact]
    public void The_namespaces_to_serve_are_those_with_a_role()
    {
        var manifests = OperatorManifests.Namespaced(home: "home", served: "served");
        var roles = manifests.Identity.Where(manifest => OperatorManifests.Kind(manifest) == "Role").Select(role => role["metadata"]!["namespace"]!.GetValue<string>());

        manifests.Arguments.ShouldBe(["run", $"--namespaces={string.Join(',', roles.Where(ns => ns != manifests.Home))}"]);
    }

    private static IReadOnlyList<JsonNode> Common(string file) => [.. OperatorManifests.Read(file).Where(manifest => !NotOfEach.Contains(OperatorManifests.Kind(manifest)))];

    private static IEnumerable<string> Election(string file) => OperatorManifests.Read(file)
        .Where(manifest => OperatorManifests.Kind(manifest) is "Role" or "RoleBinding" && manifest["metadata"]!["namespace"]!.GetValue<string>() == "upload-sessions")
        .Select(manifest => manifest.ToJsonString());
}
