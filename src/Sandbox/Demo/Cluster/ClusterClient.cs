using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Demo.Cluster;

/// <summary>Talks to the API server by plain HTTP, as its administrator.</summary>
internal sealed class ClusterClient(ClusterAccess access) : IDisposable
{
    private const string FieldManager = "sandbox";
    private readonly HttpClient _http = access.CreateClient();

    /// <summary>Creates a namespace.</summary>
    public Task CreateNamespaceAsync(string name, CancellationToken cancellationToken) => SendAsync(
        HttpMethod.Post, "/api/v1/namespaces", $$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""", "application/json", cancellationToken);

    /// <summary>Applies an UploadSession's manifest, server-side.</summary>
    public Task ApplySessionAsync(string name, string yaml, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{SessionPath(name)}?fieldManager={FieldManager}", yaml, "application/apply-patch+yaml", cancellationToken);

    /// <summary>Merges a patch into an UploadSession.</summary>
    public Task PatchSessionAsync(string name, string patch, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Patch, $"{SessionPath(name)}?fieldManager={FieldManager}", patch, "application/merge-patch+json", cancellationToken);

    /// <summary>Deletes an UploadSession.</summary>
    public Task DeleteSessionAsync(string name, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, SessionPath(name), body: null, "application/json", cancellationToken);

    /// <summary>An UploadSession; null if there is none.</summary>
    public Task<JsonNode?> FindSessionAsync(string name, CancellationToken cancellationToken) => FindAsync(SessionPath(name), cancellationToken);

    /// <summary>A Secret; null if there is none.</summary>
    public Task<JsonNode?> FindSecretAsync(string name, CancellationToken cancellationToken) =>
        FindAsync($"/api/v1/namespaces/{DemoSession.Namespace}/secrets/{name}", cancellationToken);

    /// <summary>The UploadSessions as the server's table for people.</summary>
    public async Task<JsonNode> SessionTableAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, SessionsPath);
        request.Headers.Accept.ParseAdd("application/json;as=Table;v=v1;g=meta.k8s.io");
        using var response = await _http.SendAsync(request, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private const string SessionsPath = $"/apis/uploadsession.io/v1alpha1/namespaces/{DemoSession.Namespace}/uploadsessions";

    private static string SessionPath(string name) => $"{SessionsPath}/{name}";

    private async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync(path, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response, cancellationToken);
    }

    private async Task SendAsync(HttpMethod method, string path, string? body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        using var response = await _http.SendAsync(request, cancellationToken);
        await ReadAsync(response, cancellationToken);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var node = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return response.IsSuccessStatusCode ? node : throw new StoryException($"the API server answered {(int)response.StatusCode}: {node["message"]}");
    }
}
