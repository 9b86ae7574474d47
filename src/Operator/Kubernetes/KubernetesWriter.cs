using System.Net;
using System.Text.Json.Serialization.Metadata;
using ControllerRuntime;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>The requests that the operator makes on behalf of a session. Every one names what it expects to find; 409 and 404 are answers, not errors.</summary>
public sealed class KubernetesWriter(ApiRequests requests, OperatorMetrics metrics)
{
    private const string ManagerQuery = "?fieldManager=" + Annotations.FieldManager;
    private const string ApplyQuery = ManagerQuery + "&force=true";
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string JsonPatch = "application/json-patch+json";
    private const int LikelyDeleteSize = 256;
    private const string PartialMetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

    /// <summary>Reads a Secret's metadata, never its data.</summary>
    /// <returns>Null if there is no such Secret.</returns>
    public Task<SecretMetadata?> GetSecretAsync(string ns, string name, CancellationToken cancellationToken) =>
        requests.GetAsync(SecretPath(ns, name), ApiRequests.PartialMetadata, ResourceJson.Default.SecretMetadata, cancellationToken);

    /// <summary>Reads a session.</summary>
    /// <returns>Null if there is no such session.</returns>
    public Task<UploadSession?> GetSessionAsync(ObjectKey key, CancellationToken cancellationToken) =>
        requests.GetAsync(SessionPath(key), ApiRequests.JsonType, ResourceJson.Default.UploadSession, cancellationToken);

    /// <summary>Whether the API server serves grants to us now: a cache counts as current until its watch ends, even after the kind is gone.</summary>
    public async Task<bool> CanListGrantsAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, GrantCaches.WatchedGrants.Path + "?limit=1");
        using var response = await requests.SendAsync(request, PartialMetadataList, cancellationToken);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Applies a Secret's body.</summary>
    /// <returns>The Secret's metadata as written; null where a precondition failed (409): read again and decide again.</returns>
    /// <exception cref="ApiException">Any other refusal, in words that may be told (<see cref="SecretRefusal"/>).</exception>
    public async Task<SecretMetadata?> ApplySecretAsync(string ns, string name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            return await PatchAsync("Secret", SecretPath(ns, name) + ApplyQuery, ApiRequests.Body(body, ApplyPatch), ApiRequests.PartialMetadata, ResourceJson.Default.SecretMetadata, cancellationToken);
        }
        catch (ApiException refused)
        {
            throw SecretRefusal.Tell(refused);
        }
    }

    /// <summary>
    /// Applies a session's status. API servers before 1.22 do not track the fields of a subresource apart: they leave
    /// conditions in place that are no longer applied, whole or in part, and refuse what they made of it. There, the
    /// status is replaced in a second request.
    /// </summary>
    /// <returns>The session as written; null where it changed meanwhile (409).</returns>
    /// <exception cref="ApiException">Any other refusal; 404 where the session is gone.</exception>
    public async Task<UploadSession?> WriteStatusAsync(UploadSession session, UploadSessionStatus status, CancellationToken cancellationToken)
    {
        var body = StatusBody.Apply(session, status);
        try
        {
            var applied = await PatchStatusAsync(session, ApplyQuery, body, ApplyPatch, cancellationToken);
            return applied is null || StatusComparer.Same(applied.Status, status)
                ? applied
                : await ReplaceStatusAsync(applied, status, cancellationToken);
        }
        catch (ApiException refused) when (refused.StatusCode == 422)
        {
            // A status that breaks the schema is refused again.
            return await ReplaceStatusAsync(session, status, cancellationToken);
        }
    }

    /// <summary>Deletes the Secret that was observed, and no other of its name.</summary>
    /// <returns>False where it changed meanwhile (409); true where it is gone.</returns>
    public async Task<bool> DeleteSecretAsync(SecretMetadata observed, CancellationToken cancellationToken)
    {
        var metadata = observed.Metadata;
        using var request = new HttpRequestMessage(HttpMethod.Delete, SecretPath(metadata.Namespace, metadata.Name))
        {
            Content = ApiRequests.Body(DeleteBody(metadata), ApiRequests.JsonType),
        };
        using var response = await requests.SendAsync(request, ApiRequests.PartialMetadata, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return false;
        if (response.StatusCode != HttpStatusCode.NotFound)
            await ApiRequests.EnsureAsync(response, cancellationToken);
        metrics.Write("Secret");
        return true;
    }

    /// <summary>Creates an Event.</summary>
    public async Task CreateEventAsync(string ns, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/apis/events.k8s.io/v1/namespaces/{ns}/events{ManagerQuery}")
        {
            Content = ApiRequests.Body(body, ApiRequests.JsonType),
        };
        using var response = await requests.SendAsync(request, ApiRequests.PartialMetadata, cancellationToken);
        await ApiRequests.EnsureAsync(response, cancellationToken);
        metrics.Write("Event");
    }

    private Task<UploadSession?> ReplaceStatusAsync(UploadSession session, UploadSessionStatus status, CancellationToken cancellationToken) =>
        PatchStatusAsync(session, ManagerQuery, StatusBody.Replacement(session, status), JsonPatch, cancellationToken);

    private Task<UploadSession?> PatchStatusAsync(UploadSession session, string query, ReadOnlyMemory<byte> body, string mediaType, CancellationToken cancellationToken) => PatchAsync(
        "UploadSession",
        $"{SessionPath(new(session.Metadata.Namespace, session.Metadata.Name))}/status{query}",
        ApiRequests.Body(body, mediaType),
        ApiRequests.JsonType,
        ResourceJson.Default.UploadSession,
        cancellationToken);

    private async Task<T?> PatchAsync<T>(string kind, string path, HttpContent body, string accept, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, path) { Content = body };
        using var response = await requests.SendAsync(request, accept, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Conflict)
            return null;
        await ApiRequests.EnsureAsync(response, cancellationToken);
        metrics.Write(kind);
        return await ApiRequests.ReadAsync(response, type, cancellationToken);
    }

    private static ReadOnlyMemory<byte> DeleteBody(SecretObjectMeta metadata) => JsonBody.Of(LikelyDeleteSize, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "DeleteOptions");
        json.WriteStartObject("preconditions");
        json.WriteString("uid", metadata.Uid);
        json.WriteString("resourceVersion", metadata.ResourceVersion);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static string SecretPath(string ns, string name) => $"/api/v1/namespaces/{ns}/secrets/{name}";

    private static string SessionPath(ObjectKey key) =>
        $"/apis/{UploadSession.Group}/{UploadSession.Version}/namespaces/{key.Namespace}/{UploadSession.Plural}/{key.Name}";
}
