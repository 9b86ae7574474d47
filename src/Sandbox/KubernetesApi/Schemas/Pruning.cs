using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>Drops, in place, the fields that a schema does not know.</summary>
internal static class Pruning
{
    /// <returns>The paths of what was dropped, such as <c>spec.foo</c> or <c>spec.items[0].bar</c>.</returns>
    public static IReadOnlyList<string> Prune(JsonObject obj, Schema schema)
    {
        var dropped = new List<string>();
        Visit(obj, schema, "", dropped);
        return dropped;
    }

    private static void Visit(JsonNode? value, Schema schema, string path, List<string> dropped)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, child) in map.ToList())
                {
                    var field = path.Length == 0 ? name : $"{path}.{name}";
                    if (schema.Field(name) is { } known)
                    {
                        Visit(child, known, field, dropped);
                    }
                    else
                    {
                        map.Remove(name);
                        dropped.Add(field);
                    }
                }

                break;
            case JsonArray list when schema.Items is not null:
                for (var index = 0; index < list.Count; index++)
                {
                    Visit(list[index], schema.Items, $"{path}[{index}]", dropped);
                }

                break;
        }
    }
}
