using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Patching;

/// <summary>JSON patch (RFC 6902).</summary>
internal static class JsonPatch
{
    /// <exception cref="PatchException">The patch is malformed, does not fit, or its test fails.</exception>
    public static JsonObject Apply(JsonObject target, JsonArray operations)
    {
        var root = new JsonObject { ["root"] = target.DeepClone() };
        foreach (var operation in operations.Objects())
        {
            Perform(root, operation);
        }

        return root["root"] as JsonObject ?? throw new PatchException("the patch does not leave an object");
    }

    private static void Perform(JsonObject root, JsonObject operation)
    {
        var path = Pointer(operation, "path");
        switch (operation.Text("op"))
        {
            case "add":
                Add(root, path, operation["value"]?.DeepClone());
                break;
            case "remove":
                Remove(root, path);
                break;
            case "replace":
                Remove(root, path);
                Add(root, path, operation["value"]?.DeepClone());
                break;
            case "move":
                Add(root, path, Remove(root, Pointer(operation, "from")));
                break;
            case "copy":
                Add(root, path, Find(root, Pointer(operation, "from"))?.DeepClone());
                break;
            case "test":
                if (!Find(root, path).SameAs(operation["value"]))
                {
                    throw new PatchException($"testing value {operation.Text("path")} failed: test failed");
                }

                break;
            default:
                throw new PatchException($"Unexpected kind: {operation.Text("op")}");
        }
    }

    private static string[] Pointer(JsonObject operation, string name)
    {
        var text = operation.Text(name) ?? throw new PatchException($"missing {name}");
        return ["root", .. text.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
    }

    private static JsonNode? Find(JsonNode root, string[] path)
    {
        JsonNode? at = root;
        foreach (var part in path)
        {
            at = at switch
            {
                JsonObject map when map.TryGetPropertyValue(part, out var child) => child,
                JsonArray list when Index(part, list.Count - 1) is { } index => list[index],
                _ => throw Missing(path),
            };
        }

        return at;
    }

    private static void Add(JsonNode root, string[] path, JsonNode? value)
    {
        switch (Find(root, path[..^1]))
        {
            case JsonObject map:
                map[path[^1]] = value;
                break;
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                break;
            case JsonArray list when Index(path[^1], list.Count) is { } index:
                list.Insert(index, value);
                break;
            default:
                throw Missing(path);
        }
    }

    private static JsonNode? Remove(JsonNode root, string[] path)
    {
        var found = Find(root, path);
        switch (Find(root, path[..^1]))
        {
            case JsonObject map:
                map.Remove(path[^1]);
                break;
            case JsonArray list:
                list.RemoveAt(int.Parse(path[^1], CultureInfo.InvariantCulture));
                break;
        }

        return found;
    }

    private static int? Index(string part, int last) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index <= last ? index : null;

    private static PatchException Missing(string[] path) => new($"doc is missing path: \"/{string.Join('/', path.Skip(1))}\": missing value");
}
