using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi;

namespace Sandbox.Tests.KubernetesApi.Support;

/// <summary>A running server and a client of it, over plain HTTP.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string Json = "application/json";
    public const string ApplyPatch = "application/apply-patch+yaml";
    public const string MergePatch = "application/merge-patch+json";
    public const string JsonPatch = "application/json-patch+json";
    public const string StrategicPatch = "application/strategic-merge-patch+json";
    public const string MetadataOnly = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";
    public const string MetadataListOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    public const string AsTable = "application/json;as=Table;v=v1;g=meta.k8s.io";
    public const string Secrets = "/api/v1/namespaces/default/secrets";
    public const string Widgets = "/apis/example.org/v1/namespaces/default/widgets";

    private const int LargeBody = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly CancellationTokenSource _patience;

    private TestApi(KubernetesApiServer server)
    {
        Server = server;
        Client = new(Trusting(server)) { BaseAddress = server.BaseAddress };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", server.AdminToken);
        Client.DefaultRequestHeaders.UserAgent.ParseAdd("tester/1.0");
        _patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _patience.CancelAfter(Patience);
    }

    public KubernetesApiServer Server { get; }

    public HttpClient Client { get; }

    /// <summary>Ends with the test, or when something never happens.</summary>
    public CancellationToken Cancellation => _patience.Token;

    public static async Task<TestApi> StartAsync(Func<KubernetesApiOptions, KubernetesApiOptions>? configure = null)
    {
        var options = new KubernetesApiOptions { Tls = false, CustomResourceDefinitions = [WidgetDefinition.Yaml] };
        return new(await KubernetesApiServer.StartAsync(configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    public static string Secret(string name, string metadata = "", string data = "\"a\":\"YQ==\"") =>
        $$$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"{{{name}}}"{{{metadata}}}},"data":{ {{{data}}} }}""";

    public static string Widget(string name, string spec = "\"size\":\"big\"", string metadata = "", string rest = "") =>
        $$$"""{"apiVersion":"example.org/v1","kind":"Widget","metadata":{"name":"{{{name}}}"{{{metadata}}}},"spec":{ {{{spec}}} }{{{rest}}}}""";

    public Task<Answer> GetAsync(string path, string? accept = null) => SendAsync(HttpMethod.Get, path, accept: accept);

    public Task<Answer> PostAsync(string path, string body, string? accept = null) => SendAsync(HttpMethod.Post, path, body, Json, accept);

    public Task<Answer> PutAsync(string path, string body) => SendAsync(HttpMethod.Put, path, body, Json);

    public Task<Answer> PatchAsync(string path, string contentType, string body, string? accept = null) => SendAsync(HttpMethod.Patch, path, body, contentType, accept);

    public Task<Answer> ApplyAsync(string path, string manager, string body, bool force = false, string? accept = null) =>
        PatchAsync($"{path}?fieldManager={manager}&force={(force ? "true" : "false")}", ApplyPatch, body, accept);

    public Task<Answer> DeleteAsync(string path, string? options = null) => SendAsync(HttpMethod.Delete, path, options, Json);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? body = null, string contentType = Json, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
            // A server may refuse a large body and close the connection before all of it is sent (RFC 9110, "Expect").
            request.Headers.ExpectContinue = body.Length > LargeBody;
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var response = await Client.SendAsync(request, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        return new((int)response.StatusCode, text, [.. response.Headers.TryGetValues("Warning", out var warnings) ? warnings : []]);
    }

    public async Task<WatchStream> WatchAsync(string path, string query = "", string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{path}?watch=1&{query}");
        request.Headers.TryAddWithoutValidation("Accept", accept ?? Json);
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        return new(response, await response.Content.ReadAsStreamAsync(Cancellation), Cancellation);
    }

    /// <summary>Asks until the answer has a status; for what the server does in the background.</summary>
    public async Task<Answer> UntilAsync(string path, int code)
    {
        while (true)
        {
            var answer = await GetAsync(path);
            if (answer.Code == code)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }

    private static SocketsHttpHandler Trusting(KubernetesApiServer server)
    {
        var handler = new SocketsHttpHandler { Expect100ContinueTimeout = Patience };
        if (server.CertificateAuthority is { } authority)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.Add(X509Certificate2.CreateFromPem(authority));
            handler.SslOptions.CertificateChainPolicy = policy;
        }

        return handler;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _patience.Dispose();
    }
}

/// <summary>What came back.</summary>
internal sealed record Answer(int Code, string Text, IReadOnlyList<string> Warnings)
{
    public JsonObject Body => (JsonObject)JsonNode.Parse(Text)!;

    public string Message => (string?)Body["message"] ?? "";

    public string Reason => (string?)Body["reason"] ?? "";

    public string Version => (string)Body["metadata"]!["resourceVersion"]!;

    public string Uid => (string)Body["metadata"]!["uid"]!;

    /// <summary>The field sets of the managers, as <c>manager/operation/subresource</c> to compact JSON.</summary>
    public IReadOnlyDictionary<string, string> Owners => (Body["metadata"]!["managedFields"] as JsonArray ?? [])
        .ToDictionary(entry => $"{entry!["manager"]}/{entry["operation"]}{(entry["subresource"] is { } sub ? "/" + sub : "")}", entry => entry!["fieldsV1"]!.ToJsonString(Relaxed));

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Answer Expect(int code)
    {
        Code.ShouldBe(code, Text);
        return this;
    }
}
