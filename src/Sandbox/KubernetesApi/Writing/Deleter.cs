using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Housekeeping;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>Deletes objects: at once, or by marking those that finalizers hold.</summary>
internal sealed class Deleter(ObjectStore store, Dependents dependents, TimeProvider time)
{
    public async Task<ApiResult> DeleteAsync(ApiRequest request)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var (stored, isGone) = Delete(request.Type, new(request.Info.Namespace, request.Info.Name), options);
        return isGone && !request.Type.ReturnsDeleted
            ? ApiResult.From(new ApiStatus(200, "", "") { Name = stored.Key.Name, Group = request.Type.Group, Kind = request.Type.Plural, Uid = stored.Uid })
            : new ContentResult(200, ObjectRenderer.For(request, time).Object(stored));
    }

    public async Task<ApiResult> DeleteCollectionAsync(ApiRequest request)
    {
        var options = await DeleteOptions.ReadAsync(request);
        var filter = ObjectFilter.For(request);
        var snapshot = store.Snapshot(request.Type.StorageName);
        var matching = snapshot.Objects.Values.Where(filter.Matches).ToList();
        foreach (var stored in matching)
        {
            DeleteIfThere(request.Type, stored.Key, options);
        }

        return new ContentResult(200, ObjectRenderer.For(request, time).List(new(matching, snapshot.Version, null, null)));
    }

    /// <summary>Deletes an object that may have gone meanwhile.</summary>
    public void DeleteIfThere(ResourceType type, ObjectKey key, DeleteOptions options)
    {
        if (store.Find(type.StorageName, key) is not null)
        {
            try
            {
                Delete(type, key, options);
            }
            catch (ApiException error) when (error.Status.Code is 404 or 409)
            {
                // Another delete came first, or the object is no longer the one that was meant.
            }
        }
    }

    private (StoredObject Stored, bool IsGone) Delete(ResourceType type, ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            var stored = store.Find(type.StorageName, key) ?? throw new ApiException(ApiStatus.NotFound(type, key.Name));
            CheckPreconditions(type, stored, options);
            var obj = stored.Read();
            var waits = obj.Finalizers().Any() || type.Rules.OutlivesItsFinalizers(obj);
            if (options.DryRun || (waits && stored.IsBeingDeleted))
            {
                return (stored, !waits);
            }

            Cascade(stored, options);
            if ((waits ? Mark(type, stored, obj) : store.TryRemove(type.StorageName, stored, obj)) is { } written)
            {
                return (waits ? written : stored, !waits);
            }
        }
    }

    private void Cascade(StoredObject owner, DeleteOptions options)
    {
        switch (options.Propagation)
        {
            case "Orphan":
                dependents.Orphan(owner.Uid);
                break;
            case "Foreground":
                dependents.DeleteAll(owner.Uid, this);
                break;
        }
    }

    private StoredObject? Mark(ResourceType type, StoredObject stored, JsonObject obj)
    {
        obj.Meta()["deletionTimestamp"] = time.GetUtcNow().ToKubernetesTime();
        obj.Meta()["deletionGracePeriodSeconds"] = 0;
        if (type.HasGeneration)
        {
            obj.Meta()["generation"] = (obj.Meta().Integer("generation") ?? 0) + 1;
        }

        type.Rules.MarkDeleted(obj);
        return store.TryPut(type.StorageName, stored.Key, stored, obj);
    }

    private static void CheckPreconditions(ResourceType type, StoredObject stored, DeleteOptions options)
    {
        // The real server names the kind, not the resource, in these two messages.
        if (options.Uid is not null && options.Uid != stored.Uid)
        {
            throw Failed($"the UID in the precondition ({options.Uid}) does not match the UID in record ({stored.Uid}). The object might have been deleted and then recreated");
        }

        var version = stored.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (options.ResourceVersion is not null && options.ResourceVersion != version)
        {
            throw Failed($"the ResourceVersion in the precondition ({options.ResourceVersion}) does not match the ResourceVersion in record ({version}). The object might have been modified");
        }

        ApiException Failed(string detail)
        {
            var kind = type.Group.Length == 0 ? type.Kind : $"{type.Kind}.{type.Group}";
            return new(new(409, "Conflict", $"Operation cannot be fulfilled on {kind} \"{stored.Key.Name}\": {detail}") { Name = stored.Key.Name, Group = type.Group, Kind = type.Kind });
        }
    }
}
