using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Operator.Tests.Chart.Rendering;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;
using Sandbox.KubernetesApi.Json;

namespace Operator.Tests.Chart;

/// <summary>Alerts and dashboard ask for metrics that a running operator shows, all of them.</summary>
public sealed partial class EmbeddedMetricNamesTests(EmbeddedServer server)
{
    /// <summary>The parts of a histogram, which share its type line.</summary>
    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];

    [Fact]
    public async Task Every_metric_of_an_alert_or_a_panel_is_one_that_the_operator_shows()
    {
        var shown = TypeLine().Matches(await ScrapeAsync())
            .SelectMany(line => line.Groups["type"].Value == "histogram" ? HistogramParts.Select(part => line.Groups["name"].Value + part) : [line.Groups["name"].Value])
            .ToHashSet();
        var asked = Expressions(YamlText.ParseObject(File.ReadAllText(ChartFiles.Alerts))).Concat(Expressions(JsonNode.Parse(ChartFiles.Read("files", "dashboard.json"))))
            .SelectMany(PromQl.MetricsIn).Distinct().ToList();
        asked.Count.ShouldBeGreaterThan(15);
        asked.Except(shown).ShouldBeEmpty();
    }

    /// <summary>What an operator shows that has led, issued, rotated and failed.</summary>
    private async Task<string> ScrapeAsync()
    {
        await using var scene = await Scene.SetAsync(server, TimeSpan.FromSeconds(12));
        var running = scene.StartOperator("--leader-elect", "true", "--leader-election-namespace", scene.Namespace);
        await scene.CreateAsync("export");
        await scene.StatusAsync("export", status => status["rotations"]?.GetValue<int>() >= 1, "rotated");
        using var refusing = scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? Fault.InternalFailure : null);
        await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is not null, "renewal is seen failing");
        using var http = new HttpClient { BaseAddress = await running.HttpAddressAsync() };
        // The status tells of the failure before its next try is put down.
        var metrics = await Eventually.GetAsync(async () => await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken) is var text && text.Contains("workqueue_retries_total", StringComparison.Ordinal) ? text : null, "the renewal is to be tried again");
        return metrics + await http.GetStringAsync("/metrics/sessions", TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Expressions(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(field => field is { Key: "expr", Value: JsonValue text } ? [text.GetValue<string>()] : Expressions(field.Value)),
        JsonArray list => list.SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>[a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();
}
