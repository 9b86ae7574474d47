using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using Sandbox.KubernetesApi.Json;

namespace Operator.Tests.Chart;

/// <summary>The CRDs of the chart: a copy, so that the packaged chart has all it needs.</summary>
public sealed class ChartCrdTests(ChartRenderer renderer)
{
    [Fact]
    public void The_copies_are_those_of_the_repository()
    {
        var originals = Directory.GetFiles(Path.Combine(Repository.Root, "crds"));
        Directory.GetFiles(Path.Combine(ChartFiles.Folder, "files", "crds")).Select(Path.GetFileName).Order().ShouldBe(originals.Select(Path.GetFileName).Order());
        foreach (var original in originals)
            ChartFiles.Read("files", "crds", Path.GetFileName(original)).ShouldBe(File.ReadAllText(original), $"{original} has changed: run `make chart`");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task They_are_installed_as_they_are_and_kept_unless_told_otherwise(bool keep)
    {
        var rendered = (await renderer.RenderAsync(new() { Values = $"crds: {{ keep: {(keep ? "true" : "false")} }}" })).Of("CustomResourceDefinition");
        rendered.Count.ShouldBe(2);
        foreach (var crd in rendered)
        {
            var annotations = crd["metadata"]!["annotations"];
            annotations?["helm.sh/resource-policy"]?.GetValue<string>().ShouldBe("keep");
            (annotations is not null).ShouldBe(keep);
            var original = Repository.Crds.Select(YamlText.ParseObject).Single(original => RenderedChart.Name(original) == RenderedChart.Name(crd));
            var plain = crd.DeepClone().AsObject();
            plain["metadata"]!.AsObject().Remove("annotations");
            JsonNode.DeepEquals(plain, original).ShouldBeTrue(RenderedChart.Name(crd));
        }
    }

    [Fact]
    public async Task They_can_be_left_to_somebody_else() => (await renderer.RenderAsync(new("no-crds"))).Of("CustomResourceDefinition").ShouldBeEmpty();

    [Theory]
    [InlineData("true", "policy/v1", 0)]
    [InlineData("true", "uploadsession.io/v1alpha1", 1)]
    [InlineData("false", "policy/v1", 1)]
    public async Task An_example_grant_waits_until_the_cluster_knows_its_kind(string install, string served, int grants)
    {
        var release = new ChartRelease("example-grant") { Values = $"crds: {{ install: {install} }}", ApiVersions = [served] };
        (await renderer.RenderAsync(release)).Of("UploadGrant").Count.ShouldBe(grants);
        (await renderer.TextAsync(release with { Notes = true })).Contains("example grant was not created", StringComparison.Ordinal).ShouldBe(grants == 0);
    }

    [Theory]
    [InlineData("true", "policy/v1", 1)]
    [InlineData("true", "uploadsession.io/v1alpha1", 2)]
    [InlineData("false", "policy/v1", 2)]
    public async Task So_do_grants_among_the_extra_objects_and_no_other_of_them(string install, string served, int objects)
    {
        var values = $$"""
            crds: { install: {{install}} }
            extraObjects:
              - { apiVersion: uploadsession.io/v1alpha1, kind: UploadGrant, metadata: { name: x } }
              - { apiVersion: v1, kind: Secret, metadata: { name: x } }
            """;
        var release = new ChartRelease { Values = values, ApiVersions = [served] };
        (await renderer.RenderAsync(release)).Of("UploadGrant", "Secret").Count.ShouldBe(objects);
        (await renderer.TextAsync(release with { Notes = true })).Contains("in extraObjects were not created", StringComparison.Ordinal).ShouldBe(objects == 1);
    }
}
