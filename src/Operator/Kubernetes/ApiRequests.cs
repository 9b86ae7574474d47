using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Telemetry;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Single requests to the API server, with source-generated JSON.</summary>
public sealed class ApiRequests(ApiConnection connection)
{
    /// <summary>Asks for an object's metadata alone (Kubernetes API Concepts, "Metadata-only fetches").</summary>
    public const string PartialMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <summary>Plain JSON.</summary>
    public const string JsonType = "application/json";

    /// <summary>Sends a request and waits for the whole answer, whatever its status.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string accept, CancellationToken cancellationToken)
    {
        using var span = StartSpan(request);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await connection.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        span?.SetTag("http.response.status_code", (int)response.StatusCode);
        return response;
    }

    /// <summary>Reads an object.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="ApiException">Any other refusal.</exception>
    public async Task<T?> GetAsync<T>(string path, string accept, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, accept, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureAsync(response, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Throws where the answer is not a success.</summary>
    /// <exception cref="ApiException">The refusal.</exception>
    public static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await ApiException.FromAsync(response, cancellationToken);
    }

    /// <summary>Parses the answer, which has come whole: see <see cref="SendAsync"/>.</summary>
    public static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsStreamAsync(cancellationToken), type)
        ?? throw new JsonException("the API server answered null");

    /// <summary>Named by OpenTelemetry's "Semantic conventions for HTTP client spans"; the path names objects and holds nothing secret.</summary>
    private static Activity? StartSpan(HttpRequestMessage request) => OperatorMetrics.Source
        .StartActivity(request.Method.Method, ActivityKind.Client)?
        .SetTag("http.request.method", request.Method.Method)
        .SetTag("url.path", request.RequestUri?.OriginalString.Split('?')[0]);

    /// <summary>A body of that media type.</summary>
    public static ReadOnlyMemoryContent Body(ReadOnlyMemory<byte> body, string mediaType) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
