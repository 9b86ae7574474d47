using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>A write is of the object that its URL names, whatever the body says.</summary>
internal static class Identity
{
    /// <exception cref="ApiException">400: the body names another object.</exception>
    public static void Check(JsonObject obj, string name, string ns)
    {
        if (obj.Name() != name)
        {
            throw new ApiException(ApiStatus.BadRequest(obj.Name().Length == 0
                ? "name must be provided"
                : $"the name of the object ({obj.Name()}) does not match the name on the URL ({name})"));
        }

        if (obj.Namespace() is { Length: > 0 } stated && stated != ns)
        {
            throw new ApiException(ApiStatus.BadRequest($"the namespace of the object ({stated}) does not match the namespace on the request ({ns})"));
        }
    }
}
