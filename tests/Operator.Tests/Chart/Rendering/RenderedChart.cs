using System.Text.Json.Nodes;

namespace Operator.Tests.Chart.Rendering;

/// <summary>What a release renders to.</summary>
public sealed class RenderedChart(IReadOnlyList<JsonNode> objects)
{
    public IReadOnlyList<JsonNode> Objects => objects;

    public JsonNode Deployment => Of("Deployment").ShouldHaveSingleItem();

    public JsonNode Pod => Deployment["spec"]!["template"]!;

    public JsonNode Container => Pod["spec"]!["containers"]!.AsArray().ShouldHaveSingleItem()!;

    /// <summary>The operator's flags and their values.</summary>
    public IReadOnlyDictionary<string, string> Flags => Container["args"]!.AsArray().Skip(1)
        .Select(argument => argument!.GetValue<string>().Split('=', 2))
        .ToDictionary(parts => parts[0], parts => parts[1]);

    public IReadOnlyList<JsonNode> Of(params string[] kinds) => [.. objects.Where(rendered => kinds.Contains(Kind(rendered)))];

    public static string Kind(JsonNode rendered) => rendered["kind"]!.GetValue<string>();

    public static string Name(JsonNode rendered) => rendered["metadata"]!["name"]!.GetValue<string>();

    public static string? Namespace(JsonNode rendered) => rendered["metadata"]!["namespace"]?.GetValue<string>();

    /// <summary>A map of texts, such as labels.</summary>
    public static IReadOnlyDictionary<string, string> Map(JsonNode? map) =>
        map.ShouldNotBeNull().AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>());
}
