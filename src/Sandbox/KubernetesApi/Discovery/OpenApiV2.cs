using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>/openapi/v2: the schemas for kubectl before 1.27, which validates, explains and patches by them.</summary>
internal sealed class OpenApiV2(ResourceRegistry registry)
{
    private static readonly string[] Kept = ["type", "format", "description", "required", "x-kubernetes-patch-merge-key"];

    public JsonObject Document() => new()
    {
        ["swagger"] = "2.0",
        ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.GitVersion },
        ["paths"] = new JsonObject(registry.Types.Select(type => KeyValuePair.Create(OpenApiPaths.Root(type) + "/{name}", (JsonNode?)Path(type)))),
        ["definitions"] = new JsonObject(registry.Types.Select(type => KeyValuePair.Create(OpenApiPaths.SchemaName(type), (JsonNode?)Definition(type)))),
    };

    /// <summary>Only patches are told, and of them only that they know dry runs: that is what kubectl looks for.</summary>
    private static JsonObject Path(ResourceType type) => new()
    {
        ["patch"] = new JsonObject
        {
            ["parameters"] = new JsonArray(new JsonObject { ["name"] = "dryRun", ["in"] = "query", ["type"] = "string" }),
            ["x-kubernetes-group-version-kind"] = OpenApiPaths.GroupVersionKind(type),
        },
    };

    private static JsonObject Definition(ResourceType type)
    {
        var definition = Simplify(type.Schema.Source);
        definition["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiPaths.GroupVersionKind(type));
        return definition;
    }

    /// <summary>Swagger 2 says less than OpenAPI 3: what it cannot say, and where anything goes, is left out.</summary>
    private static JsonObject Simplify(JsonObject schema)
    {
        var simple = new JsonObject(Kept.Where(schema.ContainsKey).Select(name => KeyValuePair.Create(name, schema[name]?.DeepClone())));
        if (schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            simple.Remove("required");
            return simple;
        }

        if (schema.ContainsKey("x-kubernetes-patch-merge-key"))
        {
            simple["x-kubernetes-patch-strategy"] = "merge";
        }

        if (schema.Child("properties") is { } properties)
        {
            simple["properties"] = new JsonObject(properties.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Simplify((JsonObject)pair.Value!))));
        }

        foreach (var name in (string[])["items", "additionalProperties"])
        {
            if (schema.Child(name) is { } inner)
            {
                simple[name] = Simplify(inner);
            }
        }

        return simple;
    }
}
