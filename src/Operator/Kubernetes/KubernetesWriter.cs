using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ControllerRuntime;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>The requests that the operator makes on behalf of a session. Every one names what it expects to find; 409 and 404 are answers, not errors.</summary>
public sealed class KubernetesWriter(ApiConnection connection, OperatorMetrics metrics)
{
    private const string ApplyQuery = "?fieldManager=" + Annotations.FieldManager + "&force=true";
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string JsonPatch = "application/json-patch+json";
    private const string PartialMetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private const string PartialMetadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    /// <summary>Reads a Secret's metadata, never its data.</summary>
    /// <returns>Null if there is no such Secret.</returns>
    public Task<SecretMetadata?> GetSecretAsync(string ns, string name, CancellationToken cancellationToken) =>
        GetAsync(SecretPath(ns, name), PartialMetadata, ResourceJson.Default.SecretMetadata, cancellationToken);

    /// <summary>Reads a session.</summary>
    /// <returns>Null if there is no such session.</returns>
    public Task<UploadSession?> GetSessionAsync(ObjectKey key, CancellationToken cancellationToken) =>
        GetAsync(SessionPath(key), "application/json", ResourceJson.Default.UploadSession, cancellationToken);

    /// <summary>Whether the API server serves grants to us now: a cache counts as current until its watch ends, even after the kind is gone.</summary>
    public async Task<bool> CanListGrantsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, GrantCaches.WatchedGrants.Path + "?limit=1");
        using var response = await SendAsync(request, PartialMetadataList, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Applies a Secret's body.</summary>
    /// <returns>The Secret's metadata as written; null where a precondition failed (409): read again and decide again.</returns>
    /// <exception cref="ApiException">Any other refusal, in words that may be told (<see cref="SecretRefusal"/>).</exception>
    public async Task<SecretMetadata?> ApplySecretAsync(string ns, string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await PatchAsync("Secret", SecretPath(ns, name) + ApplyQuery, Json(body, ApplyPatch), PartialMetadata, ResourceJson.Default.SecretMetadata, cancellationToken);
        }
        catch (ApiException refused)
        {
            throw SecretRefusal.Tell(refused);
        }
    }

    /// <summary>
    /// Applies a session's status. API servers before 1.22 do not track the fields of a subresource apart and leave
    /// conditions in place that are no longer applied: there, the status is replaced in a second request.
    /// </summary>
    /// <returns>The session as written; null where it changed meanwhile (409).</returns>
    /// <exception cref="ApiException">Any other refusal; 404 where the session is gone.</exception>
    public async Task<UploadSession?> WriteStatusAsync(UploadSession session, UploadSessionStatus status, CancellationToken cancellationToken)
    {
        var path = SessionPath(new(session.Metadata.Namespace, session.Metadata.Name)) + "/status" + ApplyQuery;
        var applied = await PatchAsync("UploadSession", path, Json(StatusBody.Apply(session, status), ApplyPatch), "application/json", ResourceJson.Default.UploadSession, cancellationToken);
        return applied is null || StatusComparer.Same(applied.Status, status)
            ? applied
            : await PatchAsync("UploadSession", path.Replace("&force=true", "", StringComparison.Ordinal), Json(StatusBody.Replacement(applied, status), JsonPatch), "application/json", ResourceJson.Default.UploadSession, cancellationToken);
    }

    /// <summary>Deletes the Secret that was observed, and no other of its name.</summary>
    /// <returns>False where it changed meanwhile (409); true where it is gone.</returns>
    public async Task<bool> DeleteSecretAsync(SecretMetadata observed, CancellationToken cancellationToken)
    {
        var metadata = observed.Metadata;
        using var request = new HttpRequestMessage(HttpMethod.Delete, SecretPath(metadata.Namespace, metadata.Name))
        {
            Content = Json(DeleteBody(metadata), "application/json"),
        };
        using var response = await SendAsync(request, PartialMetadata, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return false;
        if (response.StatusCode != HttpStatusCode.NotFound)
            await EnsureAsync(response, cancellationToken);
        metrics.Write("Secret");
        return true;
    }

    /// <summary>Creates an Event.</summary>
    public async Task CreateEventAsync(string ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/apis/events.k8s.io/v1/namespaces/{ns}/events?fieldManager={Annotations.FieldManager}")
        {
            Content = Json(body, "application/json"),
        };
        using var response = await SendAsync(request, PartialMetadata, cancellationToken);
        await EnsureAsync(response, cancellationToken);
        metrics.Write("Event");
    }

    private async Task<T?> GetAsync<T>(string path, string accept, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = await SendAsync(request, accept, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await EnsureAsync(response, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    private async Task<T?> PatchAsync<T>(string kind, string path, HttpContent body, string accept, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = body };
        using var response = await SendAsync(request, accept, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return null;
        await EnsureAsync(response, cancellationToken);
        metrics.Write(kind);
        return await ReadAsync(response, type, cancellationToken);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string accept, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return connection.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
    }

    private static async Task EnsureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw await ApiException.FromAsync(response, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type)
        ?? throw new JsonException("the API server answered null");

    private static byte[] DeleteBody(SecretObjectMeta metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("apiVersion", "v1");
            json.WriteString("kind", "DeleteOptions");
            json.WriteStartObject("preconditions");
            json.WriteString("uid", metadata.Uid);
            json.WriteString("resourceVersion", metadata.ResourceVersion);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> body, string mediaType) =>
        new(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };

    private static string SecretPath(string ns, string name) => $"/api/v1/namespaces/{ns}/secrets/{name}";

    private static string SessionPath(ObjectKey key) =>
        $"/apis/{UploadSession.Group}/{UploadSession.Version}/namespaces/{key.Namespace}/{UploadSession.Plural}/{key.Name}";
}
