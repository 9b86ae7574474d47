using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Operator.Tests.Chart.Rendering;
using Sandbox.KubernetesApi.Json;
using UploadSessions.Operator.Sts;
using static Operator.Tests.Chart.Rendering.RenderedChart;

namespace Operator.Tests.Chart;

/// <summary>Monitors, alerts and dashboard.</summary>
public sealed partial class ChartMonitoringTests(ChartRenderer renderer)
{
    private static readonly JsonNode Alerts = YamlText.ParseObject(File.ReadAllText(ChartFiles.Alerts));

    private static IEnumerable<JsonNode> Rules => Alerts["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray()).Select(rule => rule!);

    private static IEnumerable<string> Names => Rules.Select(rule => rule["alert"]!.GetValue<string>());

    [Fact]
    public async Task Nothing_that_needs_other_software_is_on_by_default() =>
        (await renderer.RenderAsync(new())).Of("ServiceMonitor", "PodMonitor", "PrometheusRule", "ConfigMap").ShouldBeEmpty();

    [Fact]
    public async Task A_ServiceMonitor_selects_the_Service_and_keeps_the_sessions_namespace()
    {
        var chart = await renderer.RenderAsync(new("monitoring"));
        var monitor = chart.Of("ServiceMonitor").ShouldHaveSingleItem();
        Map(monitor["metadata"]!["labels"])["release"].ShouldBe("prometheus");
        Map(monitor["spec"]!["selector"]!["matchLabels"]).ShouldBeSubsetOf(Map(chart.Of("Service").Single()["metadata"]!["labels"]));
        monitor["spec"]!["endpoints"]!.ToJsonString().ShouldBe("""[{"port":"http","path":"/metrics","interval":"15s","honorLabels":true},{"port":"http","path":"/metrics/sessions","interval":"15s","honorLabels":true}]""");
    }

    [Fact]
    public async Task A_PodMonitor_scrapes_the_pods_and_single_sessions_can_be_left_out()
    {
        var chart = await renderer.RenderAsync(new("pod-monitor") { Values = "metrics: { perSession: false }" });
        chart.Of("Service", "ServiceMonitor").ShouldBeEmpty();
        chart.Of("PodMonitor").Single()["spec"]!["podMetricsEndpoints"]!.ToJsonString().ShouldBe("""[{"port":"http","path":"/metrics","interval":"30s","honorLabels":true}]""");
    }

    [Theory]
    [InlineData("serviceMonitor", "ServiceMonitor", "endpoints")]
    [InlineData("podMonitor", "PodMonitor", "podMetricsEndpoints")]
    public async Task Every_endpoint_has_the_timeout_and_the_relabelings_that_are_asked_for(string value, string kind, string endpoints)
    {
        var chart = await renderer.RenderAsync(new()
        {
            Values = $$"""
                metrics:
                  {{value}}:
                    enabled: true
                    scrapeTimeout: 10s
                    relabelings: [{ targetLabel: cluster, replacement: prod-1 }]
                    metricRelabelings: [{ sourceLabels: [__name__], regex: go_.*, action: drop }]
                """,
        });
        var all = chart.Of(kind).Single()["spec"]![endpoints]!.AsArray();
        all.Select(endpoint => endpoint!["path"]!.GetValue<string>()).ShouldBe(["/metrics", "/metrics/sessions"]);
        foreach (var endpoint in all)
        {
            endpoint!["scrapeTimeout"]!.GetValue<string>().ShouldBe("10s");
            endpoint["relabelings"]!.ToJsonString().ShouldBe("""[{"replacement":"prod-1","targetLabel":"cluster"}]""");
            endpoint["metricRelabelings"]!.ToJsonString().ShouldBe("""[{"action":"drop","regex":"go_.*","sourceLabels":["__name__"]}]""");
        }
    }

    [Theory]
    [InlineData("30s", "30s", true)]
    [InlineData("1m", "60s", true)]
    [InlineData("1m", "60001ms", false)]
    [InlineData("30s", "1h", false)]
    public async Task A_scrape_ends_before_the_next_begins(string interval, string timeout, bool accepted)
    {
        ChartRelease release = new() { Values = $"metrics: {{ podMonitor: {{ enabled: true, interval: {interval}, scrapeTimeout: {timeout} }} }}" };
        if (accepted)
            (await renderer.RenderAsync(release)).Of("PodMonitor").ShouldHaveSingleItem();
        else
            (await renderer.RefusalAsync(release)).ShouldContain($"metrics.podMonitor.scrapeTimeout is {timeout}: set it to no more than the interval, {interval}");
    }

    [Fact]
    public async Task The_PrometheusRule_is_the_file_that_promtool_checks_with_the_links_that_are_asked_for()
    {
        var asked = (await renderer.RenderAsync(new("monitoring"))).Of("PrometheusRule").Single()["spec"]!;
        JsonNode.DeepEquals(asked, Alerts).ShouldBeFalse();
        asked["groups"]![0]!["rules"]!.AsArray().Select(rule => rule!["annotations"]!["runbook_url"]!.GetValue<string>())
            .ShouldAllBe(link => link.StartsWith("https://wiki.example.com/upload-session-operator/operations.md#uploadsession", StringComparison.Ordinal));
        var unscraped = await renderer.RenderAsync(new() { Values = "metrics: { prometheusRule: { enabled: true } }" });
        JsonNode.DeepEquals(unscraped.Of("PrometheusRule").Single()["spec"], Alerts).ShouldBeTrue();
    }

    /// <summary>Without a monitor of the chart nothing says that the series carry the namespace of the release.</summary>
    [Theory]
    [InlineData("monitoring")]
    [InlineData("pod-monitor")]
    public async Task A_release_that_is_gone_is_missed_though_another_is_there(string scraped)
    {
        var chart = await renderer.RenderAsync(new(scraped) { Namespace = "store-sessions", Values = "metrics: { prometheusRule: { enabled: true } }" });
        var rules = chart.Of("PrometheusRule").Single()["spec"]!["groups"]![0]!["rules"]!.AsArray();
        var expression = rules.Single(rule => rule!["alert"]!.GetValue<string>() == "UploadSessionOperatorNoLeader")!["expr"]!.GetValue<string>();
        expression.ShouldEndWith("or absent(workqueue_oldest_waiting_seconds{name=\"uploadsession\", namespace=\"store-sessions\"})");
        PromQl.MetricsIn(expression).ShouldBe(["leader_election_master_status", "workqueue_oldest_waiting_seconds"]);
    }

    [Fact]
    public async Task Promtool_accepts_the_alerts_and_they_fire_when_they_should()
    {
        Tools.Require(Tools.Has("promtool"), "alerts: promtool is not on the PATH (apt-get install prometheus)");
        await ShortCommand.RunAsync("promtool", ["check", "rules", ChartFiles.Alerts], TestContext.Current.CancellationToken);
        await ShortCommand.RunAsync("promtool", ["test", "rules", Path.Combine(ChartFiles.Tests, "alerts.test.yaml")], TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Every_alert_has_a_test_of_firing_and_one_of_staying_quiet()
    {
        var cases = YamlText.ParseObject(File.ReadAllText(Path.Combine(ChartFiles.Tests, "alerts.test.yaml")))["tests"]!.AsArray()
            .SelectMany(test => test!["alert_rule_test"]!.AsArray()).ToList();
        foreach (var quiet in new[] { true, false })
            cases.Where(test => test!["exp_alerts"] is null == quiet).Select(test => test!["alertname"]!.GetValue<string>()).Distinct().Order().ShouldBe(Names.Order());
    }

    [Fact]
    public void Every_alert_leads_to_its_section_of_the_runbook_and_every_section_has_its_alert()
    {
        var sections = Section().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"))).Select(section => section.Groups[1].Value);
        sections.ShouldBe(Names);
        foreach (var rule in Rules)
        {
            // GitHub's anchor of a heading of one word.
            rule["annotations"]!["runbook_url"]!.GetValue<string>().ShouldBe($"docs/operations.md#{rule["alert"]!.GetValue<string>().ToLowerInvariant()}");
            rule["labels"]!["severity"]!.GetValue<string>().ShouldBeOneOf("critical", "warning");
        }
    }

    [Theory]
    [InlineData("sum by (code) (rate(a_total{b=~\"c|d\", e=\"f\"}[5m])) / 2 > 0.05", "a_total")]
    [InlineData("(a > 300) unless on (namespace, instance) (b{name=\"c\"} == 0) or absent(d)", "a b d")]
    [InlineData("histogram_quantile(0.99, sum by (le) (rate(a_bucket[$__rate_interval]))) or vector(0) - time() < 1e3", "a_bucket")]
    public void Metrics_are_found_in_expressions(string expression, string metrics) => string.Join(' ', PromQl.MetricsIn(expression)).ShouldBe(metrics);

    [Fact]
    public void The_alert_of_throttling_knows_every_code_of_it() =>
        Code().Match(Rules.Single(rule => rule["alert"]!.GetValue<string>() == "UploadSessionStsThrottled")["expr"]!.GetValue<string>())
            .Groups[1].Value.Split('|').ShouldBe(StsErrorTable.ThrottlingCodes);

    [Fact]
    public async Task The_dashboard_is_the_file_and_is_sound()
    {
        var map = (await renderer.RenderAsync(new("everything"))).Of("ConfigMap").Single();
        Map(map["metadata"]!["labels"])["dashboards"].ShouldBe("uploads");
        var text = Map(map["data"])["upload-session-operator.json"];
        text.TrimEnd().ShouldBe(ChartFiles.Read("files", "dashboard.json").TrimEnd());
        var panels = JsonNode.Parse(text)!["panels"]!.AsArray();
        panels.Select(panel => panel!["id"]!.GetValue<int>()).ShouldBeUnique();
        panels.ShouldAllBe(panel => panel!["title"]!.GetValue<string>().Length > 0 && panel["description"]!.GetValue<string>().EndsWith('.') && panel["targets"]!.AsArray().Count > 0);
        panels.Select(panel => panel!["gridPos"]!).ShouldAllBe(place => place["x"]!.GetValue<int>() + place["w"]!.GetValue<int>() <= 24);
    }

    [GeneratedRegex("^### (UploadSession[A-Za-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex("code=~\"([^\"]+)\"")]
    private static partial Regex Code();
}
