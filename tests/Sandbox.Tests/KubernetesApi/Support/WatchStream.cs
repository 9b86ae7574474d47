using System.Text.Json.Nodes;

namespace Sandbox.Tests.KubernetesApi.Support;

/// <summary>A running watch.</summary>
internal sealed class WatchStream(HttpResponseMessage response, Stream body, CancellationToken cancellation) : IAsyncDisposable
{
    private readonly StreamReader _lines = new(body);

    public int Code => (int)response.StatusCode;

    /// <summary>The next event; null at the clean end of the stream.</summary>
    public async Task<JsonObject?> NextAsync() => await _lines.ReadLineAsync(cancellation) is { } line ? (JsonObject)JsonNode.Parse(line)! : null;

    /// <summary>The next event as <c>TYPE name@version</c>.</summary>
    public async Task<string> NextTextAsync() => await NextAsync() is { } change
        ? $"{change["type"]} {change["object"]!["metadata"]?["name"]}@{change["object"]!["metadata"]?["resourceVersion"]}"
        : "END";

    public Task<string?> RawLineAsync() => _lines.ReadLineAsync(cancellation).AsTask();

    public Task<string> RestAsync() => _lines.ReadToEndAsync(cancellation);

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
