using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>/openapi/v3: the schemas of a group version, as far as kubectl reads them (explain, and whether a patch knows fieldValidation).</summary>
internal sealed class OpenApiV3(ResourceRegistry registry)
{
    public JsonObject Index() => new()
    {
        ["paths"] = new JsonObject(registry.Types.Select(type => PathOf(type)).Distinct()
            .Select(path => KeyValuePair.Create(path, (JsonNode?)new JsonObject { ["serverRelativeURL"] = $"/openapi/v3/{path}" }))),
    };

    /// <summary>The document below a path such as <c>apis/GROUP/VERSION</c>, or null.</summary>
    public JsonObject? Document(string path)
    {
        var types = registry.Types.Where(type => PathOf(type) == path).ToList();
        return types.Count == 0 ? null : new()
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.GitVersion },
            ["paths"] = new JsonObject(types.SelectMany(OpenApiPaths.Of)),
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject(types.Select(type => KeyValuePair.Create(OpenApiPaths.SchemaName(type), (JsonNode?)Schema(type)))),
            },
        };
    }

    private static string PathOf(ResourceType type) => type.Group.Length == 0 ? $"api/{type.Version}" : $"apis/{type.Group}/{type.Version}";

    private static JsonObject Schema(ResourceType type)
    {
        var schema = type.Schema.Source.Copy();
        schema["x-kubernetes-group-version-kind"] = new JsonArray(OpenApiPaths.GroupVersionKind(type));
        return schema;
    }
}
