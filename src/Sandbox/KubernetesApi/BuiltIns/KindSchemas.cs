using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.BuiltIns;

/// <summary>Completes the schema of a kind with what every object has: apiVersion, kind, metadata.</summary>
internal static class KindSchemas
{
    public static Schema Read(string yaml) => Complete(YamlText.ParseObject(yaml));

    public static Schema Complete(JsonObject source)
    {
        var whole = source.Copy();
        var properties = whole.Ensure("properties");
        properties["apiVersion"] = new JsonObject { ["type"] = "string", ["description"] = "The versioned schema of this representation of an object." };
        properties["kind"] = new JsonObject { ["type"] = "string", ["description"] = "The REST resource this object represents." };
        properties["metadata"] = YamlText.ParseObject(SchemaTexts.ObjectMeta);
        whole["type"] = "object";
        return SchemaReader.Read(whole);
    }
}
