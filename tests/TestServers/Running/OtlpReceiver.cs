namespace TestServers.Running;

/// <summary>Keeps what an OpenTelemetry exporter sends (OTLP over HTTP), as it was sent.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly AnsweringServer _server;

    private OtlpReceiver(AnsweringServer server) => _server = server;

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server.Address.AbsoluteUri,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public IReadOnlyList<byte[]> Bodies(string path) => [.. _server.Requests.Where(request => request.Path == path).Select(request => request.Body)];

    public static async Task<OtlpReceiver> StartAsync() => new(await AnsweringServer.StartAsync(200, "application/x-protobuf", ""));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
