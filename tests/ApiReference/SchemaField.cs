using System.Text.Json.Nodes;

namespace ApiReference;

/// <summary>One field of a structural schema.</summary>
/// <param name="Path">Such as <c>spec.targets[].bucket</c>.</param>
/// <param name="Type">In words.</param>
/// <param name="IsRequired">Whether its parent must have it.</param>
/// <param name="Description">As the schema has it.</param>
/// <param name="Constraints">What is accepted, each in Markdown.</param>
public sealed record SchemaField(string Path, string Type, bool IsRequired, string Description, IReadOnlyList<string> Constraints)
{
    /// <summary>The field and all fields below it, depth first, in the order of the schema.</summary>
    public static IReadOnlyList<SchemaField> Of(string path, JsonNode schema, bool isRequired)
    {
        var field = new SchemaField(path, SchemaWords.Type(schema), isRequired, SchemaWords.Text(schema, "description") ?? "", [.. SchemaWords.Constraints(schema)]);
        return [field, .. Children(path, schema)];
    }

    private static IEnumerable<SchemaField> Children(string path, JsonNode schema)
    {
        if (schema["items"] is { } items)
            return Children(path + "[]", items);
        if (schema["properties"] is not JsonObject properties)
            return [];
        string[] required = [.. SchemaWords.List(schema, "required").Select(name => name!.GetValue<string>())];
        return properties.SelectMany(property => Of($"{path}.{property.Key}", property.Value!, required.Contains(property.Key)));
    }
}
