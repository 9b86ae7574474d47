using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.Chart;

/// <summary>The dashboard over a real Prometheus that scrapes a real run: every panel has something to show.</summary>
public sealed class EmbeddedDashboardTests(EmbeddedServer server) : IDisposable
{
    /// <summary>For Grafana's variable: a few scrapes of a second each.</summary>
    private const string RateInterval = "10s";

    private readonly string _scratch = Directory.CreateTempSubdirectory("prometheus-").FullName;

    [Fact]
    public async Task Every_panel_shows_numbers_of_a_run_with_rotations_and_failures()
    {
        await using var scene = await Scene.SetAsync(server, TimeSpan.FromSeconds(10));
        var running = scene.StartOperator("--leader-elect", "true", "--leader-election-namespace", scene.Namespace);
        await using var prometheus = await PrometheusServer.StartAsync(_scratch, await running.HttpAddressAsync(), "/metrics", "/metrics/sessions");
        foreach (var name in new[] { "export", "backup", "failing" })
            await scene.CreateAsync(name);
        await scene.ReadyAsync("failing");
        using var refusing = scene.Aws.Faults.Intercept(call => call.SessionName?.Contains("failing", StringComparison.Ordinal) == true ? Fault.InternalFailure : null);

        var panels = JsonNode.Parse(ChartFiles.Read("files", "dashboard.json"))!["panels"]!.AsArray();
        foreach (var panel in panels)
            await Eventually.HoldsAsync(() => ShowsAsync(prometheus, panel!), $"the panel \"{panel!["title"]}\" shows numbers", TimeSpan.FromSeconds(60));

        await DrawAsync(prometheus, panels);
        (await NumberAsync(prometheus, panels, "Ready")).ShouldBeGreaterThanOrEqualTo(2);
        (await NumberAsync(prometheus, panels, "Failing renewals")).ShouldBe(1);
        (await NumberAsync(prometheus, panels, "Leaders")).ShouldBe(1);
        (await NumberAsync(prometheus, panels, "Replicas")).ShouldBe(1);
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    private static async Task<bool> ShowsAsync(PrometheusServer prometheus, JsonNode panel)
    {
        foreach (var expression in Expressions(panel))
        {
            if (!(await prometheus.QueryAsync(expression)).Values.Any(double.IsFinite))
                return false;
        }

        return true;
    }

    /// <summary>For the eyes: artifacts/dashboard.svg.</summary>
    private static async Task DrawAsync(PrometheusServer prometheus, JsonArray panels)
    {
        var picture = new DashboardPicture();
        foreach (var panel in panels)
        {
            var series = new Dictionary<string, IReadOnlyList<double>>();
            foreach (var expression in Expressions(panel!))
            {
                foreach (var (labels, values) in await prometheus.QueryRangeAsync(expression))
                    series[labels == "{}" ? expression : labels] = values;
            }

            picture.Add(panel!, series);
        }

        var artifacts = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(artifacts.FullName, "dashboard.svg"), picture.Svg());
    }

    private static async Task<double> NumberAsync(PrometheusServer prometheus, JsonArray panels, string title) =>
        (await prometheus.QueryAsync(Expressions(panels.Single(panel => panel!["title"]!.GetValue<string>() == title && panel["type"]!.GetValue<string>() == "stat")!).Single())).Values.Single();

    private static IEnumerable<string> Expressions(JsonNode panel) =>
        panel["targets"]!.AsArray().Select(target => target!["expr"]!.GetValue<string>().Replace("$__rate_interval", RateInterval, StringComparison.Ordinal));
}
