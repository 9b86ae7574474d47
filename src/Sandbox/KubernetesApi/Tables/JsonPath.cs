using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Tables;

/// <summary>The simple JSON paths of printer columns: <c>.a.b</c>, <c>[0]</c>, <c>[*]</c>, <c>['x.y']</c>, <c>[?(@.type=="Ready")]</c>, and <c>\.</c> for a dot in a name.</summary>
internal sealed partial class JsonPath
{
    private readonly IReadOnlyList<Func<JsonNode, IEnumerable<JsonNode?>>> _steps;

    private JsonPath(IReadOnlyList<Func<JsonNode, IEnumerable<JsonNode?>>> steps) => _steps = steps;

    /// <exception cref="FormatException">Not a path of this kind.</exception>
    public static JsonPath Parse(string text)
    {
        var steps = new List<Func<JsonNode, IEnumerable<JsonNode?>>>();
        var rest = text.StartsWith('.') || text.StartsWith('[') ? text : "." + text;
        while (rest.Length > 0)
        {
            var match = Step().Match(rest);
            if (!match.Success)
            {
                throw new FormatException($"'{text}' is not a simple JSON path");
            }

            steps.Add(ToStep(match));
            rest = rest[match.Length..];
        }

        return new(steps);
    }

    public IReadOnlyList<JsonNode> Select(JsonNode root) =>
        [.. _steps.Aggregate<Func<JsonNode, IEnumerable<JsonNode?>>, IEnumerable<JsonNode>>([root], (nodes, step) => nodes.SelectMany(step).OfType<JsonNode>())];

    private static Func<JsonNode, IEnumerable<JsonNode?>> ToStep(Match match)
    {
        if (match.Groups["filter"].Success)
        {
            var (field, value) = (match.Groups["filter"].Value, match.Groups["value"].Value);
            return node => (node as JsonArray).Objects().Where(item => Shown(item[field]) == value);
        }

        if (match.Groups["all"].Success)
        {
            return node => node as JsonArray ?? (node as JsonObject)?.Select(pair => pair.Value) ?? [];
        }

        if (match.Groups["index"].Success)
        {
            var index = int.Parse(match.Groups["index"].Value, CultureInfo.InvariantCulture);
            return node => node is JsonArray list && index < list.Count ? [list[index]] : [];
        }

        var name = (match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["name"].Value).Replace("\\.", ".", StringComparison.Ordinal);
        return node => node is JsonObject map && map.TryGet(name, out var found) ? [found] : [];
    }

    private static string? Shown(JsonNode? node) => node.AsText() ?? node?.ToText();

    [GeneratedRegex("""^(?:\[\?\(\s*@\.(?<filter>[A-Za-z0-9_-]+)\s*==\s*["'](?<value>[^"']*)["']\s*\)\]|\[(?<all>\*)\]|\[(?<index>\d+)\]|\['(?<quoted>[^']+)'\]|\.(?<all>\*)|\.(?<name>(?:\\\.|[^.\[])+))""")]
    private static partial Regex Step();
}
