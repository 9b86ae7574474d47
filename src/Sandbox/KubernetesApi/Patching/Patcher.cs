using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Apply;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi.Patching;

/// <summary>Answers patch requests of all four kinds.</summary>
internal sealed class Patcher(ObjectWriter writer, TimeProvider time)
{
    private const string ApplyType = "application/apply-patch+yaml";
    private const string MergeType = "application/merge-patch+json";
    private const string JsonType = "application/json-patch+json";
    private const string StrategicType = "application/strategic-merge-patch+json";

    public async Task<ApiResult> PatchAsync(ApiRequest request)
    {
        CheckMediaType(request);
        var patch = await request.ReadBodyAsync();
        var isApply = request.MediaType == ApplyType;
        var context = WriteContext.For(request) with { IsApply = isApply };
        Func<JsonObject?, JsonObject> change = isApply ? Applying(request, context, patch) : before => Patched(request, before!, patch);
        var mayCreate = isApply && request.Info.Subresource.Length == 0;
        var (stored, created) = writer.Update(context, request.Info.Name, change, mayCreate);
        return new ContentResult(created ? 201 : 200, ObjectRenderer.For(request, time).Object(stored)) { Warnings = context.Warnings };
    }

    private static void CheckMediaType(ApiRequest request)
    {
        if (request.MediaType is not (ApplyType or MergeType or JsonType or StrategicType))
        {
            throw new ApiException(ApiStatus.UnsupportedMediaType());
        }

        if (request.Type.IsCustom && request.MediaType == StrategicType)
        {
            throw new ApiException(ApiStatus.UnsupportedMediaType(
                $"the body of the request was in an unknown format - accepted media types include: {JsonType}, {MergeType}, {ApplyType}"));
        }
    }

    private static JsonObject Patched(ApiRequest request, JsonObject before, JsonNode? patch)
    {
        try
        {
            var patched = (request.MediaType, patch) switch
            {
                (MergeType, JsonObject changes) => (JsonObject)MergePatch.Apply(before, changes)!,
                (StrategicType, JsonObject changes) => StrategicMergePatch.Apply(before, changes, request.Type.Schema),
                (JsonType, JsonArray operations) => JsonPatch.Apply(before, operations),
                _ => throw new ApiException(ApiStatus.BadRequest("the patch is not of the form that its content type says")),
            };
            Identity.Check(patched, request.Info.Name, request.Info.Namespace);
            return patched;
        }
        catch (PatchException)
        {
            // The real server does not say what was wrong, either.
            throw new ApiException(new(422, "Invalid", "the server rejected our request due to an error in our request"));
        }
    }

    private Func<JsonObject?, JsonObject> Applying(ApiRequest request, WriteContext context, JsonNode? patch)
    {
        if (request.Query("fieldManager").Length == 0)
        {
            throw new ApiException(ApiStatus.Invalid("meta.k8s.io", "PatchOptions", "", [FieldError.Required("fieldManager", "is required for apply patch")]));
        }

        var configuration = patch as JsonObject ?? throw new ApiException(ApiStatus.BadRequest("error decoding YAML: an object is expected"));
        AppliedConfiguration.Check(configuration, request);
        var write = writer.Ownership(context, statusIgnored: true) with { Force = request.Flag("force") };
        return live =>
        {
            try
            {
                return FieldOwnership.Apply(live ?? [], configuration, write);
            }
            catch (ApplyConflictException error)
            {
                throw new ApiException(AppliedConfiguration.ConflictStatus(error.Conflicts));
            }
        };
    }
}
