using System.Text;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>Where the next page of a list begins: opaque to clients.</summary>
/// <param name="Version">The version the list is of.</param>
/// <param name="After">The last key already sent.</param>
internal sealed record ContinueToken(long Version, ObjectKey After)
{
    public override string ToString() => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = Version, ["namespace"] = After.Namespace, ["start"] = After.Name }.ToText()));

    /// <exception cref="ApiException">400: the token is none of ours.</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var token = JsonNodes.ParseObject(Convert.FromBase64String(text));
            return new(token.Integer("rv")!.Value, new(token.Text("namespace")!, token.Text("start")!));
        }
        catch (Exception error) when (error is FormatException or System.Text.Json.JsonException or InvalidCastException or InvalidOperationException)
        {
            throw new ApiException(ApiStatus.BadRequest("continue key is not valid: it was not issued by this server"));
        }
    }
}
