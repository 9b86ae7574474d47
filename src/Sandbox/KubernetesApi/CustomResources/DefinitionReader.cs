using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.BuiltIns;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.KubernetesApi.CustomResources;

/// <summary>The resources that a CustomResourceDefinition defines: one for each served version.</summary>
internal static class DefinitionReader
{
    public static IReadOnlyList<ResourceType> Read(JsonObject definition)
    {
        var spec = definition.Child("spec")!;
        var versions = spec.List("versions").Objects().ToList();
        var stored = versions.First(version => version.Flag("storage")).Text("name")!;
        return [.. versions.Where(version => version.Flag("served")).Select(version => Read(spec, version, stored))];
    }

    private static ResourceType Read(JsonObject spec, JsonObject version, string storedVersion)
    {
        var names = spec.Child("names")!;
        var (group, name, plural) = (spec.Text("group")!, version.Text("name")!, names.Text("plural")!);
        var columns = version.List("additionalPrinterColumns").Objects().Select(TableColumns.FromDefinition).ToList();
        return new()
        {
            Group = group,
            Version = name,
            Kind = names.Text("kind")!,
            CustomListKind = names.Text("listKind"),
            Plural = plural,
            Singular = names.Text("singular")!,
            ShortNames = [.. names.List("shortNames").Texts()],
            Categories = [.. names.List("categories").Texts()],
            Namespaced = spec.Text("scope") == "Namespaced",
            HasStatus = version.Child("subresources")?["status"] is not null,
            HasGeneration = true,
            IsCustom = true,
            NeedsVersionToUpdate = true,
            Schema = KindSchemas.Complete(version.Child("schema").Child("openAPIV3Schema")!),
            Columns = columns.Count > 0 ? [TableColumns.Name, .. columns] : [TableColumns.Name, TableColumns.Age],
            SelectableFields = [.. version.List("selectableFields").Objects().Select(field => field.Text("jsonPath")!.TrimStart('.'))],
            StorageName = $"{plural}.{group}",
            Conversion = name == storedVersion ? null : new RenamedVersion($"{group}/{name}", $"{group}/{storedVersion}"),
        };
    }
}
