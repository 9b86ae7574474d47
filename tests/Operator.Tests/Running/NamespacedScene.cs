using System.Text.Json.Nodes;

namespace Operator.Tests.Running;

/// <summary>Scenes whose operators are installed with namespaced.yaml: with a namespace of their own, and rights in those they serve.</summary>
internal static class NamespacedScene
{
    /// <summary>A scene whose namespace is served.</summary>
    public static Task<Scene> SetAsync(IApiServer server) =>
        Scene.SetAsync(server, install: ns => OperatorManifests.Namespaced(home: ClusterClient.NewNamespace(), served: ns));

    /// <summary>Starts an operator as the Deployment does, which tells it its namespace by a variable.</summary>
    public static OperatorProcess StartOperator(Scene scene, params string[] more) =>
        scene.StartOperator(new Dictionary<string, string> { ["POD_NAMESPACE"] = scene.Manifests.Home }, ["--grants", "required", "--leader-elect", "true", .. more]);

    /// <summary>A grant to these namespaces of what <see cref="Scene.Spec"/> asks for.</summary>
    public static JsonObject GrantTo(Scene scene, params string[] namespaces)
    {
        var grant = scene.Grant();
        grant["namespaces"]!["names"] = new JsonArray([.. namespaces]);
        return grant;
    }
}
