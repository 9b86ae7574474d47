using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using Operator.Tests.Conformance;

namespace Operator.Tests.Chart;

/// <summary>A real kube-apiserver takes every object of every combination (a server-side apply with dry-run, which checks fields, names and references of its schema).</summary>
public sealed class EnvtestChartTests(EnvtestServer server, ChartRenderer renderer) : IAsyncLifetime
{
    /// <summary>Their CRDs are not part of Kubernetes: stand-ins without a schema take their place, and ChartMonitoringTests looks at the fields.</summary>
    private static readonly string[] MonitoringKinds = ["ServiceMonitor", "PodMonitor", "PrometheusRule"];

    /// <summary>What a server older than Kubernetes 1.25 says of validation rules (CEL) in a CRD; it takes the rest of it.</summary>
    private const string KnowsNoRules = "x-kubernetes-validations: field not declared in schema";

    private ApiClient _api = null!;

    public static TheoryData<string> Combinations => [.. ChartFiles.Combinations];

    public async ValueTask InitializeAsync()
    {
        server.Require();
        using (var cluster = new ClusterClient(server))
            await cluster.InstallCrdsAsync();
        _api = await ApiClient.InNewNamespaceAsync(server);
        foreach (var kind in MonitoringKinds)
            await CreateAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", StandIn(kind));
        foreach (var ns in new[] { "team-a", "team-b" })
            await CreateAsync("/api/v1/namespaces", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns } });
        await Eventually.HoldsAsync(async () => (await _api.GetAsync("/apis/monitoring.coreos.com/v1")).Status == 200 && (await ResourcesAsync("monitoring.coreos.com/v1")).Count == MonitoringKinds.Length, "the stand-ins are served");
    }

    public ValueTask DisposeAsync()
    {
        _api?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_server_takes_every_object(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination) { Namespace = _api.Namespace, ApiVersions = await ServedAsync() });
        chart.Objects.ShouldNotBeEmpty();
        foreach (var rendered in chart.Objects)
        {
            var path = await PathAsync(rendered);
            var answer = await DryRunAsync(path, rendered);
            if (answer.Text.Contains(KnowsNoRules, StringComparison.Ordinal))
            {
                RemoveRules(rendered);
                answer = await DryRunAsync(path, rendered);
            }

            answer.Status.ShouldBeOneOf([200, 201], $"{path}: {answer.Text}");
        }
    }

    private async Task CreateAsync(string path, JsonNode manifest) => (await _api.PostAsync(path, manifest.ToJsonString())).Status.ShouldBeOneOf(201, 409);

    private async Task<IReadOnlyList<string>> ServedAsync() =>
        [.. (await _api.GetAsync("/apis")).Expect(200)["groups"]!.AsArray().SelectMany(group => group!["versions"]!.AsArray()).Select(version => version!["groupVersion"]!.GetValue<string>())];

    private Task<Answer> DryRunAsync(string path, JsonNode rendered) =>
        _api.PatchAsync($"{path}?dryRun=All&fieldManager=helm&force=true", ApiClient.ApplyPatch, rendered.ToJsonString());

    private static void RemoveRules(JsonNode? node)
    {
        if (node is JsonObject map)
        {
            map.Remove("x-kubernetes-validations");
            foreach (var (_, inner) in map)
                RemoveRules(inner);
        }
        else if (node is JsonArray list)
        {
            foreach (var inner in list)
                RemoveRules(inner);
        }
    }

    private async Task<string> PathAsync(JsonNode rendered)
    {
        var groupVersion = rendered["apiVersion"]!.GetValue<string>();
        var kind = RenderedChart.Kind(rendered);
        var resource = (await ResourcesAsync(groupVersion)).Single(resource => resource["kind"]!.GetValue<string>() == kind);
        resource["namespaced"]!.GetValue<bool>().ShouldBe(RenderedChart.Namespace(rendered) is not null, kind);
        var ns = RenderedChart.Namespace(rendered) is { } named ? $"/namespaces/{named}" : "";
        return $"{Prefix(groupVersion)}{ns}/{resource["name"]}/{RenderedChart.Name(rendered)}";
    }

    private async Task<IReadOnlyList<JsonNode>> ResourcesAsync(string groupVersion) =>
        [.. (await _api.GetAsync(Prefix(groupVersion))).Expect(200)["resources"]!.AsArray().Select(resource => resource!).Where(resource => !resource["name"]!.GetValue<string>().Contains('/', StringComparison.Ordinal))];

    private static string Prefix(string groupVersion) => groupVersion == "v1" ? "/api/v1" : $"/apis/{groupVersion}";

    private static JsonNode StandIn(string kind)
    {
        var plural = kind.ToLowerInvariant() + "s";
        return JsonNode.Parse($$$"""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"{{{plural}}}.monitoring.coreos.com"},
             "spec":{"group":"monitoring.coreos.com","scope":"Namespaced","names":{"kind":"{{{kind}}}","plural":"{{{plural}}}"},
              "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]}}
            """)!;
    }
}
