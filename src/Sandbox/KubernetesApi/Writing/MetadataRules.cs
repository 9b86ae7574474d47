using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>Rules for the metadata of every kind.</summary>
internal static partial class MetadataRules
{
    private const int MaxAnnotationsSize = 256 * 1024;

    private static readonly string[] StandardFinalizers = ["orphan", "foregroundDeletion", "kubernetes"];

    private const string LabelValueMessage =
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    public static IEnumerable<FieldError> Validate(JsonObject obj, ResourceType type)
    {
        var meta = obj.Meta();
        foreach (var (key, value) in meta.Child("labels") ?? [])
        {
            if (!Names.IsQualified(key))
            {
                yield return FieldError.Invalid("metadata.labels", key, Names.QualifiedMessage);
            }

            if (!LabelValue().IsMatch(value.AsText() ?? "") || value.AsText()?.Length > 63)
            {
                yield return FieldError.Invalid("metadata.labels", value, LabelValueMessage);
            }
        }

        foreach (var (key, _) in meta.Child("annotations") ?? [])
        {
            if (!Names.IsQualified(key))
            {
                yield return FieldError.Invalid("metadata.annotations", key, Names.QualifiedMessage);
            }
        }

        if (meta.Child("annotations")?.Sum(pair => pair.Key.Length + (pair.Value.AsText()?.Length ?? 0)) > MaxAnnotationsSize)
        {
            yield return FieldError.TooLong("metadata.annotations", $"must have at most {MaxAnnotationsSize} bytes");
        }

        foreach (var error in ValidateOwners(meta.List("ownerReferences")).Concat(type.IsCustom ? [] : ValidateFinalizers(obj)))
        {
            yield return error;
        }
    }

    public static IEnumerable<FieldError> ValidateUpdate(JsonObject before, JsonObject after, ResourceType type)
    {
        if (before.Uid() != after.Uid())
        {
            yield return FieldError.Invalid("metadata.uid", after.Uid(), "field is immutable");
        }

        if (before.IsBeingDeleted() && after.Finalizers().Except(before.Finalizers()).ToList() is { Count: > 0 } added)
        {
            yield return FieldError.Forbidden("metadata.finalizers",
                $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", added.Select(name => $"\"{name}\""))}}}");
        }

        foreach (var error in Validate(after, type))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> ValidateOwners(JsonArray? owners)
    {
        var index = 0;
        foreach (var owner in owners.Objects())
        {
            foreach (var name in (string[])["apiVersion", "kind", "name", "uid"])
            {
                if (string.IsNullOrEmpty(owner.Text(name)))
                {
                    yield return FieldError.Invalid($"metadata.ownerReferences[{index}].{name}", "", $"{(name == "apiVersion" ? "version" : name)} must not be empty");
                }
            }

            index++;
        }

        if (owners.Objects().Count(owner => owner.Flag("controller")) > 1)
        {
            yield return FieldError.Invalid("metadata.ownerReferences", owners, "Only one reference can have Controller set to true");
        }
    }

    /// <summary>Those of custom resources may have any name.</summary>
    private static IEnumerable<FieldError> ValidateFinalizers(JsonObject obj) => obj.Finalizers()
        .Select((name, index) => name.Contains('/', StringComparison.Ordinal) || StandardFinalizers.Contains(name)
            ? null
            : FieldError.Invalid($"metadata.finalizers[{index}]", name, "name is neither a standard finalizer name nor is it fully qualified"))
        .OfType<FieldError>();

    [GeneratedRegex(@"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?\z")]
    private static partial Regex LabelValue();
}
