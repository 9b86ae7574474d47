using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>The forms of values as structured-merge-diff demands and names them; a null is of every form.</summary>
internal static class Typing
{
    /// <returns>The first value of another form than its schema says, or null.</returns>
    public static string? FaultOf(JsonNode? value, Schema schema, string path = "")
    {
        if (Expected(schema) is { } expected && value is not null && expected != FormOf(value))
        {
            return $"{path}: expected {expected}, got &value.valueUnstructured{{Value:{value.ToText()}}}";
        }

        return Children(value, schema, path).Select(child => FaultOf(child.Value, child.Schema, child.Path)).FirstOrDefault(fault => fault is not null);
    }

    private static IEnumerable<(JsonNode? Value, Schema Schema, string Path)> Children(JsonNode? value, Schema schema, string path) => value switch
    {
        JsonObject map => map.Where(pair => schema.Field(pair.Key) is not null).Select(pair => (pair.Value, schema.Field(pair.Key)!, $"{path}.{pair.Key}")),
        JsonArray list when schema.Items is { } items => list.Select((item, index) => (item, items, $"{path}[{index}]")),
        _ => [],
    };

    private static string? Expected(Schema schema) => schema.IntOrString ? null : schema.Type switch
    {
        "object" => "map",
        "array" => "list",
        "integer" or "number" => "numeric (int or float)",
        var scalar => scalar,
    };

    private static string FormOf(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.Object => "map",
        JsonValueKind.Array => "list",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "numeric (int or float)",
        _ => "boolean",
    };
}
