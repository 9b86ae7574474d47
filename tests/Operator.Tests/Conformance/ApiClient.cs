using System.Net.Http.Headers;
using System.Text;

namespace Operator.Tests.Conformance;

/// <summary>Plain HTTP with an API server, in a namespace of its own.</summary>
public sealed class ApiClient : IDisposable
{
    public const string Json = "application/json";
    public const string Yaml = "application/yaml";
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string StrategicPatch = "application/strategic-merge-patch+json";
    public const string AsMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    public const string AsMetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    public const string AsTable = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private readonly HttpClient _http;

    private ApiClient(IApiServer server, string ns)
    {
        _http = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", server.AdminToken);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("conformance/1.0");
        Namespace = ns;
    }

    public string Namespace { get; }

    public string Secrets => In("secrets");

    public string ConfigMaps => In("configmaps");

    public string ServiceAccounts => In("serviceaccounts");

    public string Leases => In("leases", "coordination.k8s.io/v1");

    public string Events => In("events", "events.k8s.io/v1");

    public string Sessions => In("uploadsessions", "uploadsession.io/v1alpha1");

    public static async Task<ApiClient> InNewNamespaceAsync(IApiServer server)
    {
        var client = new ApiClient(server, $"c-{Guid.NewGuid():N}"[..14]);
        (await client.PostAsync("/api/v1/namespaces", Manifest.Of("v1", "Namespace", client.Namespace))).Expect(201);
        return client;
    }

    /// <summary>The path of a resource in this namespace.</summary>
    public string In(string resource, string groupVersion = "v1") =>
        $"{(groupVersion == "v1" ? "/api" : "/apis")}/{groupVersion}/namespaces/{Namespace}/{resource}";

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, accept: accept);

    public Task<Answer> PostAsync(string path, string body, string type = Json, string? accept = null) => SendAsync(HttpMethod.Post, path, body, type, accept);

    public Task<Answer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> PatchAsync(string path, string type, string body, string? accept = null) => SendAsync(HttpMethod.Patch, path, body, type, accept);

    public Task<Answer> MergeAsync(string path, string body, string? accept = null) => PatchAsync(path, MergePatch, body, accept);

    public Task<Answer> ApplyAsync(string path, string manager, string body, bool force = false, string? accept = null) =>
        PatchAsync($"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", ApplyPatch, body, accept);

    public Task<Answer> DeleteAsync(string path, string? options = null) => SendAsync(HttpMethod.Delete, path, options);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string type = Json, string? accept = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Starts a watch: the answer's head has come when this returns.</summary>
    public async Task<WatchLines> WatchAsync(string path, string query = "", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?watch=true&{query}");
        request.Headers.TryAddWithoutValidation("Accept", accept ?? Json);
        return new(await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken));
    }

    public void Dispose() => _http.Dispose();
}
