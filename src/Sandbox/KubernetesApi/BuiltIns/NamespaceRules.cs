using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>Namespaces: the <c>kubernetes</c> finalizer of the spec holds them until they are empty.</summary>
internal sealed class NamespaceRules : ObjectRules
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    public override void Prepare(JsonObject obj, JsonObject? before)
    {
        obj.Ensure("spec")["finalizers"] ??= new JsonArray("kubernetes");
        obj.Ensure("status")["phase"] ??= "Active";
        if (obj.Name().Length > 0)
        {
            obj.Meta().Ensure("labels")[NameLabel] = obj.Name();
        }
    }

    public override void MarkDeleted(JsonObject obj) => obj.Ensure("status")["phase"] = "Terminating";

    public override bool OutlivesItsFinalizers(JsonObject obj) => true;

    public override IEnumerable<FieldError> ValidateName(string name) => Names.ValidateLabel(name);
}
