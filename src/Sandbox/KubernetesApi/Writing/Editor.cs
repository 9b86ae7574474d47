using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Reading;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>Answers create and update requests.</summary>
internal sealed class Editor(ObjectWriter writer, TimeProvider time)
{
    public async Task<ApiResult> CreateAsync(ApiRequest request)
    {
        var context = WriteContext.For(request);
        var stored = writer.Create(context, await request.ReadObjectAsync());
        return new ContentResult(201, ObjectRenderer.For(request, time).Object(stored)) { Warnings = context.Warnings };
    }

    public async Task<ApiResult> UpdateAsync(ApiRequest request)
    {
        var (type, name) = (request.Type, request.Info.Name);
        var context = WriteContext.For(request);
        var sent = await request.ReadObjectAsync();
        Identity.Check(sent, name, context.Namespace);
        var (stored, created) = writer.Update(context, name, before => Checked(sent.Copy(), before), type.CreatesOnUpdate && request.Info.Subresource.Length == 0);
        return new ContentResult(created ? 201 : 200, ObjectRenderer.For(request, time).Object(stored)) { Warnings = context.Warnings };

        JsonObject Checked(JsonObject next, JsonObject? before)
        {
            if (before is not null)
            {
                CheckPreconditions(request, before, next);
            }

            return next;
        }
    }

    private static void CheckPreconditions(ApiRequest request, JsonObject before, JsonObject next)
    {
        var type = request.Type;
        if (next.Uid() is { Length: > 0 } uid && uid != before.Uid())
        {
            var key = $"/registry/{type.StorageName}/{before.Namespace()}/{before.Name()}";
            throw new ApiException(ApiStatus.Conflict(type, before.Name(),
                $"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: {uid}, UID in object meta: {before.Uid()}"));
        }

        // In this one message the real server names the resource where it names the kind elsewhere.
        if (type.NeedsVersionToUpdate && next.ResourceVersion().Length == 0)
        {
            throw new ApiException(ApiStatus.Invalid(type.Group, type.Plural, before.Name(),
                [new("FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update")]));
        }
    }
}
