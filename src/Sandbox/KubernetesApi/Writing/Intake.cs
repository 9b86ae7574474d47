using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>An object from outside made fit for its kind: the right type, no unknown fields, defaults filled in.</summary>
internal static class Intake
{
    /// <exception cref="ApiException">400: another type than the URL's, or unknown fields under strict validation.</exception>
    public static void Admit(JsonObject obj, WriteContext context)
    {
        CheckType(obj, context.Type);
        obj.Meta();
        Report(Pruning.Prune(obj, context.Type.Schema), context);
        if (!context.Type.IsCustom)
        {
            Defaulting.DropNulls(obj);
        }

        Defaulting.DropNulls(obj["metadata"]);
        Defaulting.Apply(obj, context.Type.Schema);
    }

    /// <summary>The faults of an object that would be stored.</summary>
    /// <exception cref="ApiException">400: a value of a built-in kind is of a form that a real server cannot decode.</exception>
    public static IReadOnlyList<FieldError> Validate(JsonObject obj, JsonObject? before, ResourceType type)
    {
        var faults = SchemaValidator.Validate(obj, type.Schema);
        if (!type.IsCustom && faults.FirstOrDefault(fault => fault.Reason is "FieldValueTypeInvalid" or "FieldValueInvalid") is { } fault)
        {
            throw new ApiException(ApiStatus.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: {fault}"));
        }

        return [.. faults, .. type.Rules.Validate(obj, before)];
    }

    private static void CheckType(JsonObject obj, ResourceType type)
    {
        var (kind, apiVersion) = (obj.Text("kind") ?? "", obj.Text("apiVersion") ?? "");
        if (kind.Length == 0 && apiVersion.Length == 0 && !type.IsCustom)
        {
            (obj["kind"], obj["apiVersion"]) = (type.Kind, type.ApiVersion);
            return;
        }

        if (kind.Length == 0)
        {
            throw new ApiException(ApiStatus.BadRequest($"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: Object 'Kind' is missing in the request body"));
        }

        if (apiVersion != type.ApiVersion)
        {
            throw new ApiException(ApiStatus.BadRequest($"the API version in the data ({apiVersion}) does not match the expected API version ({type.ApiVersion})"));
        }

        if (kind != type.Kind)
        {
            throw new ApiException(type.IsCustom
                ? ApiStatus.Invalid(type.Group, kind, obj.Name(), [FieldError.Invalid("kind", kind, $"must be {type.Kind}")])
                : ApiStatus.BadRequest($"{kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: no kind \"{kind}\" is registered for version \"{type.ApiVersion}\""));
        }
    }

    private static void Report(IReadOnlyList<string> unknown, WriteContext context)
    {
        if (unknown.Count == 0 || context.Validation == FieldValidation.Ignore)
        {
            return;
        }

        var messages = unknown.Select(field => $"unknown field \"{field}\"");
        if (context.Validation == FieldValidation.Warn)
        {
            context.Warnings.AddRange(messages);
            return;
        }

        var type = context.Type;
        throw new ApiException(ApiStatus.BadRequest(
            $"{type.Kind} in version \"{type.Version}\" cannot be handled as a {type.Kind}: strict decoding error: {string.Join(", ", messages)}"));
    }
}
