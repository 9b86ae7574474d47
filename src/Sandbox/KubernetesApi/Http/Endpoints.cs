using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Discovery;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Tokens;

namespace Sandbox.KubernetesApi.Http;

/// <summary>The paths that are no resources: health, version, discovery, OpenAPI, the token issuer's keys.</summary>
internal sealed class Endpoints(DiscoveryDocuments discovery, OpenApiV2 openApiV2, OpenApiV3 openApiV3, TokenIssuer issuer)
{
    /// <summary>Health answers without a token, as on a real server.</summary>
    public static ApiResult? Public(string path) => path is "/healthz" or "/livez" or "/readyz" ? ApiResult.Text("ok") : null;

    /// <summary>The answer to a GET of a path, or null when there is none.</summary>
    public ApiResult? Get(string path, HostString host, string accept)
    {
        if (path == "/openapi/v2" && accept.Contains(OpenApiV2Protobuf.Accepted, StringComparison.Ordinal))
        {
            return new ContentResult(200, OpenApiV2Protobuf.Write(openApiV2.Document()), "application/octet-stream");
        }

        var document = path.Trim('/').Split('/') switch
        {
            ["version"] => ServerVersion.Document(),
            ["api"] => DiscoveryDocuments.CoreVersions(host.Value ?? ""),
            ["apis"] => discovery.Groups(),
            ["apis", var group] => discovery.Group(group),
            ["api", var version] => discovery.Resources("", version),
            ["apis", var group, var version] => discovery.Resources(group, version),
            ["openapi", "v2"] => openApiV2.Document(),
            ["openapi", "v3"] => openApiV3.Index(),
            ["openapi", "v3", .. var rest] => openApiV3.Document(string.Join('/', rest)),
            ["openid", "v1", "jwks"] => issuer.KeySet,
            [".well-known", "openid-configuration"] => OpenIdConfiguration(host),
            _ => null,
        };
        return document is null ? null : ApiResult.Json(document);
    }

    /// <summary>A review: answered, never stored.</summary>
    public static async Task<ApiResult?> ReviewAsync(HttpContext http, RequestInfo info)
    {
        if (info.Verb != "create" || VirtualResources.Find(info.Group, info.Version, info.Resource) is not { } resource)
        {
            return null;
        }

        var sent = await RequestBody.ReadAsync(http.Request, http.Request.ContentType ?? "", http.RequestAborted) as JsonObject;
        return ApiResult.Json(resource.Answer(sent ?? throw new ApiException(ApiStatus.BadRequest("an object is expected")), info.User), statusCode: 201);
    }

    private static JsonObject OpenIdConfiguration(HostString host) => new()
    {
        ["issuer"] = TokenIssuer.Issuer,
        ["jwks_uri"] = $"https://{host.Value}/openid/v1/jwks",
        ["response_types_supported"] = new JsonArray("id_token"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    };
}
