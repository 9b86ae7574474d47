using System.Text.Json.Nodes;

namespace Sandbox.Demo.Cluster;

/// <summary>Lays a Kubernetes table out as kubectl does: the columns of priority 0, padded.</summary>
internal static class TableText
{
    /// <summary>The lines of a <c>meta.k8s.io/v1 Table</c>.</summary>
    public static string Of(JsonNode table)
    {
        var columns = table["columnDefinitions"]!.AsArray()
            .Select((column, index) => (Index: index, Name: column!["name"]!.GetValue<string>().ToUpperInvariant(), Priority: column["priority"]?.GetValue<int>() ?? 0))
            .Where(column => column.Priority == 0)
            .ToArray();
        var rows = table["rows"]!.AsArray().Select(row => columns.Select(column => row!["cells"]![column.Index]?.ToString() ?? "<none>").ToArray()).ToList();
        rows.Insert(0, [.. columns.Select(column => column.Name)]);
        var widths = columns.Select((_, i) => rows.Max(row => row[i].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("   ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
    }
}
