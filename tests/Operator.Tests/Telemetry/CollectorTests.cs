using System.Text.Json.Nodes;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.Telemetry;

/// <summary>What a receiver of OpenTelemetry understands of what the operator sends.</summary>
public sealed class EmbeddedCollectorTests(EmbeddedServer server) : IDisposable
{
    private readonly string _scratch = Directory.CreateTempSubdirectory("dashboard-").FullName;

    [Theory]
    [InlineData("grpc")]
    [InlineData("http/protobuf")]
    public async Task An_issuance_is_one_trace_and_its_session_is_named(string protocol)
    {
        await using var dashboard = await TelemetryDashboard.StartAsync(_scratch);
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator(dashboard.Environment(protocol));
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        var reconcile = await Eventually.GetAsync(async () => Issuing(await dashboard.SpansAsync()), "the trace of the issuance is received");
        reconcile.Attributes.ShouldBe($"controller=uploadsession k8s.namespace.name={scene.Namespace} k8s.object.name=export");
        var session = $"/apis/uploadsession.io/v1alpha1/namespaces/{scene.Namespace}/uploadsessions/export";
        var secret = $"/api/v1/namespaces/{scene.Namespace}/secrets/export";
        reconcile.Parts.ShouldBe([$"GET {secret} 404", "sts.AssumeRole", $"PATCH {secret} 201", $"PATCH {session}/status 200"]);
        await Eventually.HoldsAsync(async () => (await dashboard.ResourcesAsync()).Any(SendsTracesAndMetrics), "metrics are received");
    }

    [Fact]
    public async Task A_refusal_of_STS_is_a_failed_span_with_its_code()
    {
        await using var dashboard = await TelemetryDashboard.StartAsync(_scratch);
        await using var scene = await Scene.SetAsync(server);
        using var denied = scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? Fault.AccessDenied : null);
        scene.StartOperator(dashboard.Environment("grpc"));
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export", "AssumeRoleDenied");

        var call = await Eventually.GetAsync(async () => (await dashboard.SpansAsync()).FirstOrDefault(span => Text(span["name"]) == "sts.AssumeRole"), "the call is received");
        call["status"]!["code"]!.GetValue<int>().ShouldBe(2, "STATUS_CODE_ERROR");
        Text(call["status"]!["message"]).ShouldBe("AccessDenied");
    }

    public void Dispose() => Directory.Delete(_scratch, recursive: true);

    /// <summary>The reconcile that called STS, once all of it has come.</summary>
    private static Issuance? Issuing(IReadOnlyList<JsonNode> spans)
    {
        var parent = spans.Where(span => Text(span["name"]) == "sts.AssumeRole").Select(span => Text(span["parentSpanId"])).FirstOrDefault();
        var reconcile = spans.FirstOrDefault(span => Text(span["name"]) == "reconcile" && Text(span["spanId"]) == parent);
        if (reconcile is null)
            return null;
        var parts = spans.Where(span => Text(span["parentSpanId"]) == parent)
            .OrderBy(span => long.Parse(Text(span["startTimeUnixNano"]), System.Globalization.CultureInfo.InvariantCulture))
            .Select(span => $"{Text(span["name"])} {Attribute(span, "url.path")} {Attribute(span, "http.response.status_code")}".TrimEnd());
        return new(string.Join(' ', Attributes(reconcile).Select(attribute => $"{attribute.Key}={attribute.Value}").Order(StringComparer.Ordinal)), [.. parts]);
    }

    private static bool SendsTracesAndMetrics(JsonNode? resource) =>
        Text(resource!["name"]) == "upload-session-operator" && resource["hasTraces"]!.GetValue<bool>() && resource["hasMetrics"]!.GetValue<bool>();

    private sealed record Issuance(string Attributes, IReadOnlyList<string> Parts);

    private static string? Attribute(JsonNode span, string name) => Attributes(span).FirstOrDefault(attribute => attribute.Key == name).Value;

    private static IEnumerable<KeyValuePair<string, string>> Attributes(JsonNode span) => (span["attributes"]?.AsArray() ?? [])
        .Select(attribute => KeyValuePair.Create(Text(attribute!["key"]), Text(attribute["value"]!.AsObject().First().Value)));

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
