using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>Fills in, in place, the defaults of a schema. A field whose null the schema does not allow counts as absent.</summary>
internal static class Defaulting
{
    public static void Apply(JsonNode? value, Schema schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, field) in schema.Properties)
                {
                    if (field.Default is not null && (!map.TryGetPropertyValue(name, out var current) || (current is null && !field.Nullable)))
                    {
                        map[name] = field.Default.DeepClone();
                    }
                }

                foreach (var (name, child) in map.ToList())
                {
                    if (child is null && schema.Field(name) is { Nullable: false })
                    {
                        map.Remove(name);
                    }
                    else if (schema.Field(name) is { } field)
                    {
                        Apply(child, field);
                    }
                }

                break;
            case JsonArray list when schema.Items is not null:
                foreach (var item in list)
                {
                    Apply(item, schema.Items);
                }

                break;
        }
    }

    /// <summary>Drops, in place, every null: built-in kinds have no use for them.</summary>
    public static void DropNulls(JsonNode? value)
    {
        foreach (var child in value is JsonObject map ? Values(map) : value as JsonArray ?? [])
        {
            DropNulls(child);
        }
    }

    private static IEnumerable<JsonNode?> Values(JsonObject map)
    {
        foreach (var name in map.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
        {
            map.Remove(name);
        }

        return map.Select(pair => pair.Value);
    }
}
