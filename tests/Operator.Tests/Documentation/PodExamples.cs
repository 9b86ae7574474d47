using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Operator.Tests.Documentation;

/// <summary>The manifests of docs/examples/pods.</summary>
internal static class PodExamples
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "examples", "pods");

    public static IReadOnlyList<string> Names { get; } = [.. new DirectoryInfo(Folder).GetFiles("*.yaml").Select(file => file.Name).Order(StringComparer.Ordinal)];

    /// <summary>A manifest; of a CronJob the Job that it makes, since its own version differs between servers.</summary>
    public static JsonObject Read(string name)
    {
        var manifest = YamlText.ParseObject(File.ReadAllText(Path.Combine(Folder, name)));
        if (manifest["kind"]!.GetValue<string>() != "CronJob")
            return manifest;
        return new JsonObject
        {
            ["apiVersion"] = "batch/v1",
            ["kind"] = "Job",
            ["metadata"] = manifest["metadata"]!.DeepClone(),
            ["spec"] = manifest["spec"]!["jobTemplate"]!["spec"]!.DeepClone(),
        };
    }

    public static JsonNode PodSpecOf(JsonNode manifest) => manifest["spec"]!["template"]!["spec"]!;
}
