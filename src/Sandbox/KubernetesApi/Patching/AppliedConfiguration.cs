using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Apply;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi.Patching;

/// <summary>What the server demands of the body of a server-side apply.</summary>
internal static class AppliedConfiguration
{
    /// <exception cref="ApiException">The configuration does not fit the URL or the schema.</exception>
    public static void Check(JsonObject configuration, ApiRequest request)
    {
        var (type, info) = (request.Type, request.Info);
        if (configuration.Text("kind") is not { Length: > 0 } kind)
        {
            throw new ApiException(ApiStatus.BadRequest("error decoding YAML: Object 'Kind' is missing in the request body"));
        }

        if (configuration.Text("apiVersion") != type.ApiVersion || kind != type.Kind)
        {
            throw new ApiException(ApiStatus.BadRequest(
                $"Incorrect version specified in apply patch. Specified patch version: {configuration.Text("apiVersion")}, expected: {type.ApiVersion}"));
        }

        if (configuration.Child("metadata")?["managedFields"] is not null)
        {
            throw new ApiException(ApiStatus.BadRequest("metadata.managedFields must be nil"));
        }

        configuration.Meta()["name"] ??= info.Name;
        Identity.Check(configuration, info.Name, info.Namespace);
        CheckFields(configuration, request);
    }

    /// <summary>The words and causes of an apply conflict.</summary>
    public static ApiStatus ConflictStatus(IReadOnlyList<ApplyConflict> conflicts)
    {
        var message = conflicts is [var only]
            ? $"Apply failed with 1 conflict: conflict with {only.Owner}: {only.Path}"
            : $"Apply failed with {conflicts.Count} conflicts: {string.Join("\n", conflicts.GroupBy(conflict => conflict.Owner).Select(group => Describe(group.Key, group)))}";
        return new(409, "Conflict", message)
        {
            Causes = [.. conflicts.Select(conflict => new FieldError("FieldManagerConflict", conflict.Path, $"conflict with {conflict.Owner}"))],
        };
    }

    private static string Describe(string owner, IEnumerable<ApplyConflict> conflicts) =>
        $"conflicts with {owner}:\n{string.Join("\n", conflicts.Select(conflict => "- " + conflict.Path))}";

    /// <summary>An applied configuration is typed: it may hold nothing that the schema does not know, and nothing in another form.</summary>
    private static void CheckFields(JsonObject configuration, ApiRequest request)
    {
        var fault = Pruning.Prune(configuration, request.Type.Schema) is [var unknown, ..]
            ? $".{unknown}: field not declared in schema"
            : Typing.FaultOf(configuration, request.Type.Schema);
        if (fault is not null)
        {
            var gvk = $"{request.Type.Group}/{request.Type.Version}, Kind={request.Type.Kind}";
            throw new ApiException(ApiStatus.Internal(
                $"failed to create typed patch object ({request.Info.Namespace}/{request.Info.Name}; {gvk}): {fault}"));
        }
    }
}
