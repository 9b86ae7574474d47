using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>What a user with kubectl does, by plain HTTP, past the proxy: it is not counted.</summary>
public sealed class ClusterClient : IDisposable
{
    private const string Grants = "/apis/uploadsession.io/v1alpha1/uploadgrants";
    private const string Sessions = "/apis/uploadsession.io/v1alpha1/namespaces";
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 16 * 1024 };
    private readonly HttpClient _http;

    /// <summary>Speaks to a server, with all rights unless another's token is given.</summary>
    public ClusterClient(IApiServer server, string? token = null)
    {
        _http = new HttpClient(server.CreateHandler()) { BaseAddress = server.Address };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", token ?? server.AdminToken);
    }

    /// <summary>Installs the CRDs and waits until they are served; done before is fine.</summary>
    public async Task InstallCrdsAsync()
    {
        if (await AreServedAsync())
            return;
        foreach (var crd in Repository.Crds)
            await InstallAsync(crd);
        await Eventually.HoldsAsync(AreServedAsync, "sessions and grants are served");
    }

    private async Task<bool> AreServedAsync() => await IsServedAsync(SessionsIn("default")) && await IsServedAsync(Grants);

    private async Task<bool> IsServedAsync(string path) => await StatusOfAsync(path + "?limit=1") == HttpStatusCode.OK;

    private async Task InstallAsync(string crd)
    {
        try
        {
            await SendAsync(HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", crd, "application/yaml");
        }
        catch (ClusterException exists) when (exists.Status == HttpStatusCode.Conflict)
        {
            // Installed by another test.
        }
    }

    /// <summary>Applies a manifest of docs/install.</summary>
    public Task ApplyAsync(JsonNode manifest) => SendAsync(
        HttpMethod.Patch,
        $"{OperatorManifests.PathOf(manifest)}?fieldManager=tests&force=true",
        manifest.ToJsonString(),
        "application/apply-patch+yaml");

    /// <summary>Deletes what a manifest of docs/install made.</summary>
    public Task DeleteAsync(JsonNode manifest) => SendAsync(HttpMethod.Delete, OperatorManifests.PathOf(manifest), null);

    /// <summary>A token of a ServiceAccount.</summary>
    public async Task<string> TokenAsync(string ns, string serviceAccount)
    {
        var request = await PostAsync($"/api/v1/namespaces/{ns}/serviceaccounts/{serviceAccount}/token", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{}}""");
        return request["status"]!["token"]!.GetValue<string>();
    }

    public Task<JsonNode> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    /// <summary>What a GET is answered with.</summary>
    public async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>A name for a namespace, which is in no other's.</summary>
    public static string NewNamespace() => $"t-{Guid.NewGuid():N}"[..14];

    /// <summary>Makes a namespace.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> CreateNamespaceAsync()
    {
        var name = NewNamespace();
        await PostAsync("/api/v1/namespaces", $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{ "name":"{{name}}" } }""");
        return name;
    }

    /// <summary>Who holds the operator's lease; null: nobody.</summary>
    public async Task<string?> LeaseHolderAsync(string ns) =>
        (await FindAsync($"/apis/coordination.k8s.io/v1/namespaces/{ns}/leases/upload-session-operator"))?["spec"]?["holderIdentity"]?.GetValue<string>();

    public Task DeleteNamespaceAsync(string name) => SendAsync(HttpMethod.Delete, $"/api/v1/namespaces/{name}", null);

    public async Task<bool> NamespaceExistsAsync(string name) => await FindAsync($"/api/v1/namespaces/{name}") is not null;

    public Task LabelNamespaceAsync(string name, string label, string value) =>
        SendAsync(HttpMethod.Patch, $"/api/v1/namespaces/{name}", $$"""{"metadata":{"labels":{"{{label}}":"{{value}}"} } }""", "application/merge-patch+json");

    /// <summary>Who signs the tokens of ServiceAccounts, as their <c>iss</c> says.</summary>
    public async Task<string> IssuerAsync() => (await FindAsync("/.well-known/openid-configuration"))!["issuer"]!.GetValue<string>();

    /// <summary>The keys of the tokens of ServiceAccounts, a JSON Web Key Set.</summary>
    public async Task<string> KeySetAsync() => (await FindAsync("/openid/v1/jwks"))!.ToJsonString();

    public Task CreateServiceAccountAsync(string ns, string name, bool allow) => SendAsync(
        HttpMethod.Post,
        $"/api/v1/namespaces/{ns}/serviceaccounts",
        $$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{ "name":"{{name}}","annotations":{"uploadsession.io/allow":"{{(allow ? "true" : "false")}}"} } }""");

    public Task AllowServiceAccountAsync(string ns, string name) => SendAsync(
        HttpMethod.Patch,
        $"/api/v1/namespaces/{ns}/serviceaccounts/{name}",
        """{"metadata":{"annotations":{"uploadsession.io/allow":"true"} } }""",
        "application/merge-patch+json");

    public Task<JsonNode> CreateGrantAsync(string name, JsonObject spec) => SendAsync(
        HttpMethod.Post,
        Grants,
        new JsonObject
        {
            ["apiVersion"] = "uploadsession.io/v1alpha1",
            ["kind"] = "UploadGrant",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = spec.DeepClone(),
        }.ToJsonString());

    public Task PatchGrantAsync(string name, string mergePatch) => SendAsync(HttpMethod.Patch, $"{Grants}/{name}", mergePatch, "application/merge-patch+json");

    public Task DeleteGrantAsync(string name) => SendAsync(HttpMethod.Delete, $"{Grants}/{name}", null);

    public Task DeleteGrantsCrdAsync() =>
        SendAsync(HttpMethod.Delete, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/uploadgrants.uploadsession.io", null);

    public Task<JsonNode> CreateSessionAsync(string ns, string name, JsonObject spec, JsonObject? annotations = null) => SendAsync(
        HttpMethod.Post,
        SessionsIn(ns),
        new JsonObject
        {
            ["apiVersion"] = "uploadsession.io/v1alpha1",
            ["kind"] = "UploadSession",
            ["metadata"] = new JsonObject { ["name"] = name, ["annotations"] = annotations?.DeepClone() },
            ["spec"] = spec.DeepClone(),
        }.ToJsonString());

    public Task<JsonNode> PatchSessionAsync(string ns, string name, string mergePatch) =>
        SendAsync(HttpMethod.Patch, $"{SessionsIn(ns)}/{name}", mergePatch, "application/merge-patch+json");

    public Task<JsonNode> PatchStatusAsync(string ns, string name, string mergePatch) =>
        SendAsync(HttpMethod.Patch, $"{SessionsIn(ns)}/{name}/status", mergePatch, "application/merge-patch+json");

    public Task<JsonNode> PatchSecretAsync(string ns, string name, string mergePatch) =>
        SendAsync(HttpMethod.Patch, SecretPath(ns, name), mergePatch, "application/merge-patch+json");

    public Task<JsonNode> CreateSecretAsync(string ns, string json, string manager = "tests") => SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/secrets?fieldManager={manager}", json);

    /// <summary>Applies with force under any name of a field manager.</summary>
    public Task<JsonNode> ApplySecretAsync(string ns, string name, string manager, JsonObject body) =>
        SendAsync(HttpMethod.Patch, $"{SecretPath(ns, name)}?fieldManager={manager}&force=true", body.ToJsonString(), "application/apply-patch+yaml");

    public Task<JsonNode?> SessionAsync(string ns, string name) => FindAsync($"{SessionsIn(ns)}/{name}");

    public Task<JsonNode?> SecretAsync(string ns, string name) => FindAsync(SecretPath(ns, name));

    public async Task<IReadOnlyList<JsonNode>> EventsAsync(string ns) =>
        [.. (await FindAsync($"/apis/events.k8s.io/v1/namespaces/{ns}/events"))!["items"]!.AsArray().Select(item => item!)];

    public Task DeleteSessionAsync(string ns, string name) => SendAsync(HttpMethod.Delete, $"{SessionsIn(ns)}/{name}", null);

    public Task DeleteSecretAsync(string ns, string name) => SendAsync(HttpMethod.Delete, SecretPath(ns, name), null);

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> FindAsync(string path)
    {
        using var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, string? body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type));
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(response);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new ClusterException(response.StatusCode, text);
        return JsonNode.Parse(text, documentOptions: Deep)!;
    }

    private static string SessionsIn(string ns) => $"{Sessions}/{ns}/uploadsessions";

    private static string SecretPath(string ns, string name) => $"/api/v1/namespaces/{ns}/secrets/{name}";
}

/// <summary>The API server refused something.</summary>
public sealed class ClusterException(HttpStatusCode status, string answer) : Exception($"{(int)status}: {answer}")
{
    public HttpStatusCode Status => status;

    /// <summary>What it said.</summary>
    public string Answer => answer;
}
