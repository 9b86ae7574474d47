using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>ConfigMaps: immutable ones stay as they are.</summary>
internal sealed class ConfigMapRules : ObjectRules
{
    public override IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? before) => Immutability.Check(obj, before, "data", "binaryData");
}
