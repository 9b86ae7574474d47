using System.Text.Json.Nodes;
using Microsoft.Extensions.Primitives;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Http;

/// <summary>A request of a resource, its type found.</summary>
internal sealed class ApiRequest(HttpContext http, RequestInfo info, ResourceType type)
{
    public RequestInfo Info => info;

    public ResourceType Type => type;

    public Representation Representation { get; } = Representations.Negotiate(info.Accept, info.Verb is "list" or "deletecollection");

    /// <summary>Media type of the body, without parameters.</summary>
    public string MediaType => info.ContentType.Split(';')[0].Trim();

    public string Query(string name) => http.Request.Query.TryGetValue(name, out StringValues values) ? values[0] ?? "" : "";

    public bool Flag(string name) => Query(name) is "true" or "1";

    public bool IsDryRun => Query("dryRun") switch
    {
        "" => false,
        "All" => true,
        var other => throw new ApiException(ApiStatus.Invalid("meta.k8s.io", "Options", "", [FieldError.NotSupported("dryRun", new JsonArray(other), ["All"])])),
    };

    /// <summary>Who is said to write: the fieldManager parameter, else the User-Agent up to its slash.</summary>
    public string FieldManager => Query("fieldManager") is { Length: > 0 } named ? named : info.UserAgent.Split('/')[0] is { Length: > 0 } agent ? agent : "unknown";

    /// <summary>The body, or null for none.</summary>
    /// <exception cref="ApiException">400: it cannot be read.</exception>
    public Task<JsonNode?> ReadBodyAsync() => RequestBody.ReadAsync(http.Request, MediaType, http.RequestAborted);

    /// <exception cref="ApiException">415: of another media type; 400: it cannot be read.</exception>
    public async Task<JsonObject> ReadObjectAsync()
    {
        RequestBody.CheckObjectType(MediaType);
        return await ReadBodyAsync() as JsonObject ?? throw new ApiException(ApiStatus.BadRequest("the object provided is unrecognized: a JSON or YAML object is expected"));
    }
}
