using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Tables;

/// <summary>One column of <c>kubectl get</c>.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Type">OpenAPI type: string, integer, number, boolean, date.</param>
/// <param name="Value">Reads the cell from an object.</param>
internal sealed record TableColumn(string Name, string Type, Func<JsonObject, JsonNode?> Value)
{
    public string Format { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>Above 0: shown in wide output only.</summary>
    public int Priority { get; init; }

    /// <summary>The value is a time and shows as an age.</summary>
    public bool IsAge { get; init; }
}
