using System.Text.Json.Nodes;
using Operator.Tests.Running;
using UploadSessions.Resources;

namespace Operator.Tests.Hostile;

/// <summary>What somebody does who may write Secrets in the namespace and knows the operator well.</summary>
internal static class Forgery
{
    /// <summary>Changes annotations of our Secret under the name of our own field manager: no field leaves our entry of managedFields.</summary>
    public static async Task LieAsync(Scene scene, string name, params (string Annotation, string Value)[] lies)
    {
        var secret = (await scene.SecretAsync(name))!;
        var annotations = secret["metadata"]!["annotations"]!.AsObject();
        foreach (var (annotation, value) in lies)
            annotations[annotation] = value;
        await ApplyAsync(scene, name, secret["metadata"]!, secret["data"]!);
    }

    /// <summary>Applies a whole Secret under the name of our own field manager.</summary>
    public static Task ApplyAsync(Scene scene, string name, JsonNode metadata, JsonNode data) => scene.Cluster.ApplySecretAsync(
        scene.Namespace,
        name,
        Annotations.FieldManager,
        new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["type"] = "Opaque",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["labels"] = metadata["labels"]?.DeepClone(),
                ["annotations"] = metadata["annotations"]?.DeepClone(),
                ["ownerReferences"] = metadata["ownerReferences"]?.DeepClone(),
            },
            ["data"] = data.DeepClone(),
        });
}
