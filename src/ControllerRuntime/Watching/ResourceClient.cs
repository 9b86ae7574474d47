using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using ControllerRuntime.Connection;

namespace ControllerRuntime.Watching;

/// <summary>Asks the API server for the pages and the watch of one resource (Kubernetes API Concepts, "Retrieving large results sets in chunks", "Watch bookmarks").</summary>
internal sealed class ResourceClient<T>(ApiConnection connection, WatchedResource<T> resource, int pageSize)
    where T : class
{
    private const string PartialObject = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    private const string PartialObjectList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>Asks for one page; an empty <paramref name="continuation"/> is the first.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public async Task<ListPage<T>> ListAsync(string continuation, CancellationToken cancellationToken)
    {
        var query = new StringBuilder().Append(CultureInfo.InvariantCulture, $"limit={pageSize}");
        if (continuation.Length > 0) query.Append("&continue=").Append(Uri.EscapeDataString(continuation));
        using var response = await SendAsync(query, PartialObjectList, cancellationToken);
        var body = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken), new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        try
        {
            return await new ListPageReader<T>(resource.JsonType).ReadAsync(body, cancellationToken);
        }
        finally
        {
            await body.CompleteAsync();
        }
    }

    /// <summary>Opens a watch from a version; the answer's body is its stream of lines.</summary>
    /// <exception cref="ApiException">The server refused.</exception>
    public Task<HttpResponseMessage> WatchAsync(string version, TimeSpan limit, CancellationToken cancellationToken)
    {
        var query = new StringBuilder("watch=true&allowWatchBookmarks=true")
            .Append(CultureInfo.InvariantCulture, $"&timeoutSeconds={limit.TotalSeconds:0}")
            .Append("&resourceVersion=").Append(Uri.EscapeDataString(version));
        return SendAsync(query, PartialObject, cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(StringBuilder query, string partialForm, CancellationToken cancellationToken)
    {
        if (resource.LabelSelector is { } selector) query.Append("&labelSelector=").Append(Uri.EscapeDataString(selector));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{resource.CollectionPath}?{query}", UriKind.Relative));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(resource.MetadataOnly ? partialForm : "application/json"));
        var response = await connection.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode) return response;
        using (response) throw await ApiException.FromAsync(response, cancellationToken);
    }
}
