using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>How a value is owned: as one, field by field, or item by item.</summary>
internal enum Shape
{
    Whole,
    Fields,
    Items,
}

/// <summary>The shape of a value under its schema; deduced from the value where the schema does not say.</summary>
internal static class Shapes
{
    public static Shape Of(JsonNode? value, Schema? schema) => value switch
    {
        JsonObject when schema?.AtomicMap != true => Shape.Fields,
        JsonArray when schema is { ListType: not ListType.Atomic } => Shape.Items,
        _ => Shape.Whole,
    };

    public static bool IsEmpty(JsonNode? value) => value is null or JsonObject { Count: 0 } or JsonArray { Count: 0 };
}
