using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Tables;

/// <summary>Objects as rows (<c>as=Table</c>): what <c>kubectl get</c> prints.</summary>
internal sealed class TableRenderer(ResourceType type, string includeObject, TimeProvider time)
{
    private readonly IReadOnlyList<TableColumn> _columns = type.Columns.Count > 0 ? type.Columns : [TableColumns.Name, TableColumns.Age];

    public JsonObject Render(IEnumerable<StoredObject> objects, JsonObject metadata, bool withColumns) => new()
    {
        ["kind"] = "Table",
        ["apiVersion"] = "meta.k8s.io/v1",
        ["metadata"] = metadata,
        ["columnDefinitions"] = withColumns ? new JsonArray([.. _columns.Select(Definition)]) : null,
        ["rows"] = new JsonArray([.. objects.Select(Row)]),
    };

    private static JsonObject Definition(TableColumn column) => new()
    {
        ["name"] = column.Name,
        ["type"] = column.Type,
        ["format"] = column.Format,
        ["description"] = column.Description,
        ["priority"] = column.Priority,
    };

    private JsonObject Row(StoredObject stored)
    {
        var obj = type.ToServed(stored.Read());
        var row = new JsonObject { ["cells"] = new JsonArray([.. _columns.Select(column => Cell(column, obj))]) };
        row["object"] = includeObject switch
        {
            "None" => null,
            "Object" => obj,
            _ => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = obj.Meta().DeepClone() },
        };
        return row;
    }

    private JsonNode? Cell(TableColumn column, JsonObject obj)
    {
        var value = column.Value(obj);
        if (!column.IsAge)
        {
            return value;
        }

        return value is null && column.Type == "date" ? null : HumanDuration.Since(value.AsText(), time.GetUtcNow());
    }
}
