using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>The <c>immutable</c> field of Secrets and ConfigMaps: once true, it stays so, and the data with it.</summary>
internal static class Immutability
{
    private const string Detail = "field is immutable when `immutable` is set";

    public static IEnumerable<FieldError> Check(JsonObject obj, JsonObject? before, params IEnumerable<string> dataFields)
    {
        if (!before.Flag("immutable"))
        {
            yield break;
        }

        if (!obj.Flag("immutable"))
        {
            yield return FieldError.Forbidden("immutable", Detail);
        }

        foreach (var field in dataFields.Where(field => !before![field].SameAs(obj[field])))
        {
            yield return FieldError.Forbidden(field, Detail);
        }
    }
}
