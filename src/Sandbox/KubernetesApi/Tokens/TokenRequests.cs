using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Tokens;

/// <summary>Answers <c>serviceaccounts/NAME/token</c> (API Reference, "TokenRequest").</summary>
internal sealed class TokenRequests(ObjectStore store, TokenIssuer issuer, TimeProvider time)
{
    private const long DefaultLifetime = 3600;
    private const long ShortestLifetime = 600;
    private const long LongestLifetime = 1L << 32;

    public async Task<ApiResult> CreateAsync(ApiRequest request)
    {
        var key = new ObjectKey(request.Info.Namespace, request.Info.Name);
        var account = store.Find(request.Type.StorageName, key) ?? throw new ApiException(ApiStatus.NotFound(request.Type, key.Name));
        var sent = await request.ReadObjectAsync();
        var spec = sent.Child("spec");
        var seconds = spec.Integer("expirationSeconds") ?? DefaultLifetime;
        if (seconds is < ShortestLifetime or > LongestLifetime)
        {
            var limit = seconds < ShortestLifetime ? "less than 10 minutes" : "larger than 2^32 seconds";
            throw new ApiException(ApiStatus.Invalid("authentication.k8s.io", "TokenRequest", "",
                [FieldError.Invalid("spec.expirationSeconds", seconds, $"may not specify a duration {limit}")]));
        }

        string[] audiences = [.. spec.List("audiences").Texts()];
        audiences = audiences.Length > 0 ? audiences : [TokenIssuer.Issuer];
        var expires = time.GetUtcNow().AddSeconds(seconds);
        var token = issuer.Issue(new(key.Namespace, key.Name, account.Uid), audiences, expires);
        return ApiResult.Json(
            new JsonObject
            {
                ["kind"] = "TokenRequest",
                ["apiVersion"] = "authentication.k8s.io/v1",
                ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace, ["creationTimestamp"] = time.GetUtcNow().ToKubernetesTime() },
                ["spec"] = new JsonObject { ["audiences"] = audiences.ToJsonArray(), ["expirationSeconds"] = seconds, ["boundObjectRef"] = null },
                ["status"] = new JsonObject { ["token"] = token, ["expirationTimestamp"] = expires.ToKubernetesTime() },
            },
            statusCode: 201);
    }
}
