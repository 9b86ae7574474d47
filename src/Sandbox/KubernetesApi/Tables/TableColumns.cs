using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Tables;

/// <summary>Ways to make columns.</summary>
internal static class TableColumns
{
    public static TableColumn Name { get; } = new("Name", "string", obj => obj.Name())
    {
        Format = "name",
        Description = "Name must be unique within a namespace.",
    };

    public static TableColumn Age { get; } = new("Age", "string", obj => obj.Child("metadata").Text("creationTimestamp"))
    {
        Description = "CreationTimestamp is the server time when this object was created.",
        IsAge = true,
    };

    public static TableColumn At(string name, string type, string path, int priority = 0) =>
        new(name, type, First(JsonPath.Parse(path), type)) { Priority = priority };

    /// <summary>A column as a CustomResourceDefinition states it.</summary>
    public static TableColumn FromDefinition(JsonObject column)
    {
        var type = column.Text("type") ?? "string";
        return new(column.Text("name") ?? "", type, First(JsonPath.Parse(column.Text("jsonPath") ?? "."), type))
        {
            Format = column.Text("format") ?? "",
            Description = column.Text("description") ?? "Custom resource definition column (in JSONPath format): " + column.Text("jsonPath"),
            Priority = (int)(column.Integer("priority") ?? 0),
            IsAge = type == "date",
        };
    }

    /// <summary>Several values of a string column are joined by commas; other columns show the first.</summary>
    private static Func<JsonObject, JsonNode?> First(JsonPath path, string type) => obj => path.Select(obj) switch
    {
        [] => null,
        [var one] when type == "string" => one.AsText() ?? one.ToText(),
        [var one, ..] when type != "string" => one.DeepClone(),
        var many => string.Join(",", many.Select(one => one.AsText() ?? one.ToText())),
    };
}
