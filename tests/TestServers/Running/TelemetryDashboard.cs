using System.Reflection;
using System.Text.Json.Nodes;

namespace TestServers.Running;

/// <summary>The Aspire dashboard: a receiver of OpenTelemetry (OTLP over gRPC and over HTTP) that is not ours, and tells what it understood.</summary>
public sealed class TelemetryDashboard : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _http;
    private readonly int _grpc;
    private readonly int _protobuf;

    private TelemetryDashboard(ServerProcess process, int web, int grpc, int protobuf)
    {
        (_process, _grpc, _protobuf) = (process, grpc, protobuf);
        _http = new HttpClient { BaseAddress = Local(web) };
    }

    /// <summary>Starts one, or skips the test where there is none for this platform.</summary>
    public static async Task<TelemetryDashboard> StartAsync(string folder)
    {
        var program = typeof(TelemetryDashboard).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().SingleOrDefault(data => data.Key == "AspireDashboard")?.Value;
        Tools.Require(program is not null, "OTLP: there is no Aspire dashboard for this platform (linux-x64 only)");
        var ports = FreePorts.Take(3);
        string[] arguments =
        [
            $"HOME={folder}",
            $"ASPNETCORE_URLS={Local(ports[0])}",
            $"ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL={Local(ports[1])}",
            $"ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={Local(ports[2])}",
            "ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS=true",
            program!,
        ];
        var dashboard = new TelemetryDashboard(ServerProcess.Start("env", ["-i", .. arguments], Path.Combine(folder, "dashboard.log")), ports[0], ports[1], ports[2]);
        await Eventually.HoldsAsync(dashboard.AnswersAsync, "the dashboard answers");
        return dashboard;
    }

    /// <summary>What makes an exporter send there.</summary>
    /// <param name="protocol"><c>grpc</c> or <c>http/protobuf</c>.</param>
    public IReadOnlyDictionary<string, string> Environment(string protocol) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Local(protocol == "grpc" ? _grpc : _protobuf).ToString(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol,
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>What has sent something, and of which kinds.</summary>
    public async Task<JsonArray> ResourcesAsync() => (await GetAsync("resources")).AsArray();

    /// <summary>All spans, as OTLP's JSON has them.</summary>
    public async Task<IReadOnlyList<JsonNode>> SpansAsync() =>
        [.. from resource in (await GetAsync("spans"))["data"]!["resourceSpans"]!.AsArray()
            from scope in resource!["scopeSpans"]!.AsArray()
            from span in scope!["spans"]!.AsArray()
            select span];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private static Uri Local(int port) => new($"http://127.0.0.1:{port}");

    private async Task<JsonNode> GetAsync(string what) => JsonNode.Parse(await _http.GetStringAsync($"/api/telemetry/{what}"))!;

    private async Task<bool> AnswersAsync()
    {
        _process.ThrowIfEnded();
        try
        {
            await ResourcesAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
