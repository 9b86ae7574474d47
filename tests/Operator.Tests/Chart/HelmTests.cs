using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using Sandbox.KubernetesApi.Json;
using static Operator.Tests.Chart.Rendering.RenderedChart;

namespace Operator.Tests.Chart;

/// <summary>That Helm does with the chart what the other tests of it see.</summary>
public sealed class HelmTests(ChartRenderer renderer)
{
    public static TheoryData<string, string> Cases => new MatrixTheoryData<string, string>(Helm.Releases, ChartFiles.Combinations);

    public static TheoryData<string> Releases => [.. Helm.Releases];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Helm_renders_the_same_objects(string helm, string combination)
    {
        var release = new ChartRelease(combination);
        string[] template = ["template", release.Name, "--kube-version", "1.33.0", .. release.ApiVersions.SelectMany(version => new[] { "--api-versions", version })];
        var rendered = ByIdentity(YamlText.ParseAll(await Helm.RunAsync(helm, template, release)));
        var expected = ByIdentity((await renderer.RenderAsync(release)).Objects);

        rendered.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (var (identity, node) in expected)
            JsonNode.DeepEquals(rendered[identity], node).ShouldBeTrue($"{identity}: {rendered[identity].ToJsonString()}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Helm_finds_no_fault(string helm, string combination) =>
        (await Helm.RunAsync(helm, ["lint", "--strict"], new ChartRelease(combination))).ShouldContain("0 chart(s) failed");

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task Helm_refuses_wrong_values_with_what_to_change(string helm)
    {
        Helm.Require(helm);
        (await RefusalAsync(helm, "grants=none")).ShouldContain("grants");
        (await RefusalAsync(helm, "workres=8")).ShouldContain("workres");
        (await RefusalAsync(helm, "leaderElection.enabled=false")).ShouldContain("leaderElection.enabled is false: that needs replicas to be 1");
    }

    private static async Task<string> RefusalAsync(string helm, string value) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => Helm.RunAsync(helm, ["template", "uploads", "--set", value], new ChartRelease()))).Message;

    private static Dictionary<string, JsonNode> ByIdentity(IEnumerable<JsonNode> objects) =>
        objects.ToDictionary(rendered => $"{Kind(rendered)} {Namespace(rendered)}/{Name(rendered)}");
}
