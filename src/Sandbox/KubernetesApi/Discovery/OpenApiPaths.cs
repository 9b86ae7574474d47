using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>The paths of a resource in an OpenAPI document.</summary>
internal static class OpenApiPaths
{
    public static string SchemaName(ResourceType type) =>
        type.Group.Length == 0
            ? $"io.k8s.api.core.{type.Version}.{type.Kind}"
            : $"{string.Join('.', type.Group.Split('.').Reverse())}.{type.Version}.{type.Kind}";

    public static JsonObject GroupVersionKind(ResourceType type) => new() { ["group"] = type.Group, ["version"] = type.Version, ["kind"] = type.Kind };

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Of(ResourceType type)
    {
        var root = Root(type);
        yield return new(root, Operations(type, ("get", "list"), ("post", "post"), ("delete", "deletecollection")));
        yield return new(root + "/{name}", Operations(type, ("get", "get"), ("put", "put"), ("patch", "patch"), ("delete", "delete")));
        if (type.HasStatus)
        {
            yield return new(root + "/{name}/status", Operations(type, ("get", "get"), ("put", "put"), ("patch", "patch")));
        }
    }

    /// <summary>The path of the collection.</summary>
    public static string Root(ResourceType type) =>
        (type.Group.Length == 0 ? "/api/" : "/apis/") + type.ApiVersion + (type.Namespaced ? "/namespaces/{namespace}/" : "/") + type.Plural;

    private static JsonObject Operations(ResourceType type, params IEnumerable<(string Method, string Action)> operations) =>
        new(operations.Select(operation => KeyValuePair.Create(operation.Method, (JsonNode?)new JsonObject
        {
            ["x-kubernetes-action"] = operation.Action,
            ["x-kubernetes-group-version-kind"] = GroupVersionKind(type),
            ["parameters"] = new JsonArray([.. ((string[])["dryRun", "fieldManager", "fieldValidation"]).Select(Parameter)]),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
        })));

    private static JsonObject Parameter(string name) => new() { ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true } };
}
