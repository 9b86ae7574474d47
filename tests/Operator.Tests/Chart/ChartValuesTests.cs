using System.Text.Json.Nodes;
using System.Xml.Linq;
using Operator.Tests.Chart.Rendering;
using Sandbox.KubernetesApi.Json;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Chart;

/// <summary>values.yaml, its schema and the README say the same, and what is wrong is refused with the value to change.</summary>
public sealed class ChartValuesTests(ChartRenderer renderer)
{
    private static readonly JsonNode Schema = JsonNode.Parse(ChartFiles.Read("values.schema.json"))!;

    /// <summary>What a parent chart may set, and what few need: in the schema alone.</summary>
    private static readonly string[] SchemaOnly = ["global", "enabled", "resources.claims"];

    [Fact]
    public void Every_value_has_its_meaning_above_it() => ChartValue.All.ShouldAllBe(value => value.Comment.EndsWith('.'));

    [Fact]
    public void The_README_has_every_value()
    {
        var table = string.Join('\n', ChartValue.All.Select(value => value.Row));
        ChartFiles.Read("README.md").Contains($"\n|---|---|---|\n{table}\n", StringComparison.Ordinal).ShouldBeTrue($"the table of values in the chart's README should be:\n{table}");
    }

    [Fact]
    public void The_schema_knows_every_value_and_no_other()
    {
        var described = Leaves("", Schema).ToList();
        described.Except(SchemaOnly).Where(path => !ChartValue.All.Any(value => IsWithin(value.Path, path))).ShouldBeEmpty();
        ChartValue.All.Select(value => value.Path).Where(path => !described.Exists(leaf => IsWithin(path, leaf))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_object_of_the_schema_that_has_properties_refuses_others() => Objects(Schema)
        .Where(schema => schema["additionalProperties"]?.ToJsonString() != "false")
        .Select(schema => schema["properties"]!.ToJsonString())
        .ShouldBeEmpty();

    [Theory]
    [InlineData("replica: 3", "replica")]
    [InlineData("replicas: two", "replicas")]
    [InlineData("replicas: 1.5", "replicas")]
    [InlineData("image: { tagg: x }", "tagg")]
    [InlineData("image: { tag: 1.20 }", "image.tag")]
    [InlineData("image: { digest: 'sha256:12' }", "image.digest")]
    [InlineData("leaderElection: { leaseDuration: 15 }", "leaderElection.leaseDuration")]
    [InlineData("grants: none", "grants")]
    [InlineData("grants: null", "grants is required")]
    [InlineData("replicas: null", "replicas is required")]
    [InlineData("httpAddress: null", "httpAddress is required")]
    [InlineData("log: { level: null }", "log: level is required")]
    [InlineData("leaderElection: { leaseDuration: null }", "leaderElection: leaseDuration is required")]
    [InlineData("image: { repository: null }", "image: repository is required")]
    [InlineData("podDisruptionBudget: { maxUnavailable: null }", "podDisruptionBudget: maxUnavailable is required")]
    [InlineData("revisionHistoryLimit: -1", "revisionHistoryLimit")]
    [InlineData("revisionHistoryLimit: 1.5", "revisionHistoryLimit")]
    [InlineData("revisionHistoryLimit: ten", "revisionHistoryLimit")]
    [InlineData("workers: 0", "workers")]
    [InlineData("workers: '8'", "workers")]
    [InlineData("stsRate: 20000", "stsRate")]
    [InlineData("namespaces: team-a", "namespaces")]
    [InlineData("namespaces: [Team]", "namespaces.0")]
    [InlineData("namespaces: [a, a]", "namespaces")]
    [InlineData("httpAddress: ':8080'", "httpAddress")]
    [InlineData("httpAddress: '0.0.0.0:0'", "httpAddress")]
    [InlineData("stsEndpoint: 'https://user:password@sts.example.com'", "stsEndpoint")]
    [InlineData("s3Endpoint: s3.example.com", "s3Endpoint")]
    [InlineData("log: { level: Debugging }", "log.level")]
    [InlineData("log: { format: null, level: info }", "log.level")]
    [InlineData("extraArgs: '--workers=3'", "extraArgs")]
    [InlineData("extraEnv: { A: b }", "extraEnv")]
    [InlineData("serviceAccount: { annotation: {} }", "annotation")]
    [InlineData("serviceAccountIdentity: { allowed: [{ namespace: team-a }] }", "names is required")]
    [InlineData("serviceAccountIdentity: { allowed: [{ namespace: team-a, names: [] }] }", "names")]
    [InlineData("rbac: true", "rbac")]
    [InlineData("crds: { install: 'yes' }", "crds.install")]
    [InlineData("commonLabels: { a: 1 }", "commonLabels.a")]
    [InlineData("deploymentAnnotations: { a: true }", "deploymentAnnotations.a")]
    [InlineData("podLabels: { a: 1 }", "podLabels.a")]
    [InlineData("dnsPolicy: Cluster", "dnsPolicy")]
    [InlineData("dnsConfig: []", "dnsConfig")]
    [InlineData("resources: { request: {} }", "request")]
    [InlineData("topologySpread: { whenUnsatisfiable: Maybe }", "whenUnsatisfiable")]
    [InlineData("podDisruptionBudget: { maxUnavailable: 0 }", "maxUnavailable")]
    [InlineData("podDisruptionBudget: { minAvailable: 1 }", "minAvailable")]
    [InlineData("networkPolicy: { apiServer: { ports: [70000] } }", "ports")]
    [InlineData("metrics: { podMonitor: { enabld: true } }", "enabld")]
    [InlineData("metrics: { serviceMonitor: { interval: often } }", "interval")]
    [InlineData("metrics: { serviceMonitor: { scrapeTimeout: 10 } }", "scrapeTimeout")]
    [InlineData("metrics: { serviceMonitor: { relabelings: { targetLabel: a } } }", "relabelings")]
    [InlineData("metrics: { podMonitor: { metricRelabelings: [drop] } }", "metricRelabelings.0")]
    [InlineData("metrics: { dashboard: { labels: [grafana_dashboard] } }", "labels")]
    [InlineData("exampleGrant: { spec: none }", "exampleGrant.spec")]
    [InlineData("extraObjects: { a: {} }", "extraObjects")]
    [InlineData("extraObjects: ['kind: Secret']", "extraObjects.0")]
    [InlineData("extraObjects: [{ apiVersion: v1, metadata: { name: x } }]", "extraObjects.0: kind is required")]
    public async Task The_schema_refuses_what_is_misspelt_or_of_another_type(string values, string named)
    {
        var refusal = await renderer.RefusalAsync(new() { Values = values });
        refusal.ShouldContain("values do not meet values.schema.json");
        refusal.ShouldContain(named);
    }

    [Theory]
    [InlineData("leaderElection: { enabled: false }", "leaderElection.enabled is false: that needs replicas to be 1")]
    [InlineData("metrics: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } }", "choose one")]
    [InlineData("metrics: { serviceMonitor: { enabled: true }, service: { enabled: false } }", "metrics.serviceMonitor.enabled needs metrics.service.enabled")]
    [InlineData("{ stsEndpoint: 'https://sts.example.com', serviceAccountIdentity: { enabled: true } }", "serviceAccountIdentity.tokenAudience is empty")]
    [InlineData("serviceAccountIdentity: { tokenAudience: x }", "serviceAccountIdentity.enabled is false")]
    [InlineData("serviceAccountIdentity: { allowed: [{ namespace: a, names: [x] }] }", "serviceAccountIdentity.allowed is set, and serviceAccountIdentity.enabled is false: set that to true, or remove allowed")]
    [InlineData("serviceAccountIdentity: { enabled: true, allowed: [{ namespace: a, names: [x] }, { namespace: a, names: [z] }] }", "names the namespace a twice")]
    [InlineData("{ namespaces: [b], serviceAccountIdentity: { enabled: true, allowed: [{ namespace: a, names: [x] }] } }", "names the namespace a, which is not among namespaces")]
    [InlineData("dnsPolicy: None", "dnsPolicy is None: that needs nameservers in dnsConfig")]
    [InlineData("{ dnsPolicy: None, dnsConfig: { searches: [a] } }", "dnsPolicy is None: that needs nameservers in dnsConfig")]
    [InlineData("httpAddress: '0.0.0.0:65536'", "httpAddress is 0.0.0.0:65536: set a port from 1 to 65535")]
    [InlineData("httpAddress: '[::]:99999'", "httpAddress is [::]:99999: set a port from 1 to 65535")]
    public async Task Values_that_contradict_each_other_are_refused_with_what_to_change(string values, string message) =>
        (await renderer.RefusalAsync(new() { Values = values })).ShouldContain(message);

    [Theory]
    [InlineData("1s", false)]
    [InlineData("2s", false)]
    [InlineData("3s", true)]
    [InlineData("1m30s", true)]
    [InlineData("600s", true)]
    [InlineData("10m", true)]
    [InlineData("10m1s", false)]
    [InlineData("1h", false)]
    [InlineData("99999999999999999999s", false)]
    public async Task A_lease_is_as_long_as_the_operator_accepts(string duration, bool accepted)
    {
        ChartRelease release = new() { Values = $"leaderElection: {{ leaseDuration: {duration} }}" };
        if (accepted)
            (await renderer.RenderAsync(release)).Flags["--leader-election-lease-duration"].ShouldBe(duration);
        else
            (await renderer.RefusalAsync(release)).ShouldContain($"leaderElection.leaseDuration is {duration}: set it from 3s to 10m");
    }

    public static TheoryData<string> FlagsOfValues => [.. OperatorFlags.All.Except(ChartDeploymentTests.LeftOut).Select(flag => flag.Name)];

    [Theory]
    [MemberData(nameof(FlagsOfValues))]
    public async Task A_flag_that_a_value_sets_is_refused_among_the_extra_arguments_and_variables(string flag)
    {
        (await renderer.RefusalAsync(new() { Values = $"extraArgs: ['{flag}=x']" })).ShouldContain($"extraArgs has {flag}, which the chart sets: set ");
        (await renderer.RefusalAsync(new() { Values = $"extraArgs: ['{flag}', x]" })).ShouldContain($"extraArgs has {flag}, which the chart sets: set ");
        var variable = OperatorFlags.All.Single(known => known.Name == flag).Variable;
        (await renderer.RefusalAsync(new() { Values = $"extraEnv: [{{ name: {variable}, value: x }}]" })).ShouldContain($"extraEnv has {variable}, which stands for a flag that the chart sets: set ");
    }

    [Theory]
    [InlineData("extraEnv: [{ name: POD_NAMESPACE, value: x }]", "extraEnv has POD_NAMESPACE")]
    [InlineData("commonLabels: { app.kubernetes.io/name: x }", "commonLabels has app.kubernetes.io/name")]
    [InlineData("commonLabels: { helm.sh/chart: x }", "commonLabels has helm.sh/chart")]
    [InlineData("commonLabels: { rbac.authorization.k8s.io/aggregate-to-view: x }", "commonLabels has rbac.authorization.k8s.io/aggregate-to-view")]
    [InlineData("podLabels: { app.kubernetes.io/name: x }", "podLabels has app.kubernetes.io/name")]
    [InlineData("podLabels: { app.kubernetes.io/instance: x }", "podLabels has app.kubernetes.io/instance")]
    [InlineData("podAnnotations: { kubectl.kubernetes.io/default-container: x }", "podAnnotations has kubectl.kubernetes.io/default-container")]
    [InlineData("metrics: { serviceMonitor: { labels: { app.kubernetes.io/managed-by: x } } }", "metrics.serviceMonitor.labels has app.kubernetes.io/managed-by")]
    [InlineData("metrics: { podMonitor: { labels: { app.kubernetes.io/version: x } } }", "metrics.podMonitor.labels has app.kubernetes.io/version")]
    [InlineData("metrics: { prometheusRule: { labels: { helm.sh/chart: x } } }", "metrics.prometheusRule.labels has helm.sh/chart")]
    [InlineData("metrics: { dashboard: { labels: { app.kubernetes.io/name: x } } }", "metrics.dashboard.labels has app.kubernetes.io/name")]
    public async Task What_the_chart_sets_is_refused_where_it_would_be_there_twice(string values, string message) =>
        (await renderer.RefusalAsync(new() { Values = values })).ShouldContain($"{message}, which the chart sets: remove it");

    [Fact]
    public async Task A_label_is_among_the_common_ones_or_among_those_of_one_object() =>
        (await renderer.RefusalAsync(new() { Values = "{ commonLabels: { release: x }, metrics: { podMonitor: { labels: { release: z } } } }" }))
            .ShouldContain("metrics.podMonitor.labels has release, which commonLabels sets: remove it");

    [Fact]
    public async Task Other_arguments_variables_and_labels_are_taken()
    {
        var chart = await renderer.RenderAsync(new()
        {
            Values = "{ extraArgs: ['--leader-election-namespace=x'], extraEnv: [{ name: AWS_REGION, value: x }], podLabels: { app.kubernetes.io/component: x, app.kubernetes.io/version: x } }",
        });
        chart.Flags["--leader-election-namespace"].ShouldBe("x");
        chart.Container["env"]!.AsArray().Count.ShouldBe(2);
        RenderedChart.Map(chart.Pod["metadata"]!["labels"]).Count.ShouldBe(4);
    }

    [Fact]
    public async Task As_a_part_of_another_chart_it_takes_what_parents_set() =>
        (await renderer.TextAsync(new() { Values = "{ global: { imageRegistry: x }, enabled: true }" })).ShouldBe(await renderer.TextAsync(new()));

    [Fact]
    public void The_chart_has_the_version_of_the_operator()
    {
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("VersionPrefix").Single().Value;
        var chart = YamlText.ParseObject(ChartFiles.Read("Chart.yaml"));
        (chart["version"]!.GetValue<string>(), chart["appVersion"]!.GetValue<string>()).ShouldBe((version, version));
    }

    /// <summary>The paths of what a schema describes no further.</summary>
    private static IEnumerable<string> Leaves(string path, JsonNode schema)
    {
        if (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = Schema["definitions"]![reference.Split('/')[^1]]!;
        return schema["properties"] is JsonObject properties
            ? properties.SelectMany(property => Leaves(path.Length == 0 ? property.Key : $"{path}.{property.Key}", property.Value!))
            : [path];
    }

    private static bool IsWithin(string path, string leaf) => path == leaf || path.StartsWith(leaf + ".", StringComparison.Ordinal);

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject map => (map["properties"] is JsonObject && map["type"] is JsonValue ? [map] : Array.Empty<JsonObject>()).Concat(map.SelectMany(field => Objects(field.Value))),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };
}
