using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.CustomResources;

/// <summary>CustomResourceDefinitions: names are completed and accepted at once, since nothing else could claim them here.</summary>
internal sealed class DefinitionRules : ObjectRules
{
    public const string Group = "apiextensions.k8s.io";
    public const string Plural = "customresourcedefinitions";

    public override void Prepare(JsonObject obj, JsonObject? before)
    {
        var spec = obj.Ensure("spec");
        var names = spec.Ensure("names");
        var kind = names.Text("kind") ?? "";
        names["singular"] ??= kind.ToLowerInvariant();
        names["listKind"] ??= kind + "List";
        spec["conversion"] ??= new JsonObject { ["strategy"] = "None" };
        if (obj.Child("status")?["conditions"] is null && obj.Meta().Text("creationTimestamp") is { } since)
        {
            obj["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(
                    Condition("NamesAccepted", "NoConflicts", "no conflicts found", since),
                    Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", since)),
                ["acceptedNames"] = names.DeepClone(),
                ["storedVersions"] = spec.List("versions").Objects().Where(version => version.Flag("storage")).Select(version => version.Text("name") ?? "").ToJsonArray(),
            };
        }
    }

    public override IEnumerable<FieldError> Validate(JsonObject obj, JsonObject? before)
    {
        var spec = obj.Child("spec");
        var (group, plural) = (spec.Text("group") ?? "", spec.Child("names").Text("plural") ?? "");
        if (obj.Name() != $"{plural}.{group}")
        {
            yield return FieldError.Invalid("metadata.name", obj.Name(), "must be spec.names.plural+\".\"+spec.group");
        }

        if (spec.Text("scope") is not ("Namespaced" or "Cluster"))
        {
            yield return spec.Text("scope") is null ? FieldError.Required("spec.scope") : FieldError.NotSupported("spec.scope", spec!["scope"], ["Cluster", "Namespaced"]);
        }

        if (string.IsNullOrEmpty(spec.Child("names").Text("kind")))
        {
            yield return FieldError.Required("spec.names.kind");
        }

        var versions = spec.List("versions").Objects().ToList();
        if (versions.Count(version => version.Flag("storage")) != 1)
        {
            yield return FieldError.Invalid("spec.versions", versions.Count, "must have exactly one version marked as storage version");
        }

        for (var index = 0; index < versions.Count; index++)
        {
            foreach (var error in ValidateVersion(versions[index], index))
            {
                yield return error;
            }
        }

        if (before is not null && !before.Child("spec")!["scope"].SameAs(spec!["scope"]))
        {
            yield return FieldError.Invalid("spec.scope", spec["scope"], "field is immutable");
        }
    }

    private static IEnumerable<FieldError> ValidateVersion(JsonObject version, int index)
    {
        var path = $"spec.versions[{index}]";
        if (version.Child("schema").Child("openAPIV3Schema") is not { } schema)
        {
            yield return FieldError.Required($"{path}.schema.openAPIV3Schema", "schemas are required");
            yield break;
        }

        foreach (var error in StructuralRules.Check(schema, $"{path}.schema.openAPIV3Schema"))
        {
            yield return error;
        }
    }

    private static JsonObject Condition(string type, string reason, string message, string since) => new()
    {
        ["type"] = type,
        ["status"] = "True",
        ["lastTransitionTime"] = since,
        ["reason"] = reason,
        ["message"] = message,
    };
}
