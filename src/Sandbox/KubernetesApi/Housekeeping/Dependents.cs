using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;
using Sandbox.KubernetesApi.Watching;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi.Housekeeping;

/// <summary>Which objects name which owners: an index by the owner's uid, kept up to date by the store's changes.</summary>
internal sealed class Dependents(ObjectStore store, ResourceRegistry registry)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<ResourceKey>> _byOwner = new(StringComparer.Ordinal);

    /// <summary>Takes notice of a change.</summary>
    public void Note(string resource, WatchEvent change)
    {
        var key = new ResourceKey(resource, change.Object.Key);
        lock (_gate)
        {
            foreach (var uid in change.Previous?.OwnerUids ?? [])
            {
                Forget(uid, key);
            }

            if (change.Kind == WatchEventKind.Deleted)
            {
                return;
            }

            foreach (var uid in change.Object.OwnerUids)
            {
                if (!_byOwner.TryGetValue(uid, out var keys))
                {
                    _byOwner[uid] = keys = [];
                }

                keys.Add(key);
            }
        }
    }

    public IReadOnlyList<ResourceKey> Of(string ownerUid)
    {
        lock (_gate)
        {
            return _byOwner.TryGetValue(ownerUid, out var keys) ? [.. keys] : [];
        }
    }

    /// <summary>Frees all dependents of an owner that is about to be deleted.</summary>
    public void Orphan(string ownerUid)
    {
        foreach (var key in Of(ownerUid))
        {
            while (store.Find(key.Resource, key.Key) is { } stored && stored.OwnerUids.Contains(ownerUid))
            {
                var obj = stored.Read();
                obj.Meta().List("ownerReferences")!.RemoveAll(owner => (owner as JsonObject).Text("uid") == ownerUid);
                if (store.TryPut(key.Resource, key.Key, stored, obj) is not null)
                {
                    break;
                }
            }
        }
    }

    /// <summary>Deletes all dependents of an owner before it.</summary>
    public void DeleteAll(string ownerUid, Deleter deleter)
    {
        foreach (var key in Of(ownerUid))
        {
            deleter.DeleteIfThere(TypeOf(key.Resource), key.Key, new() { Propagation = "Foreground" });
        }
    }

    public ResourceType TypeOf(string resource) => registry.Types.First(type => type.StorageName == resource);

    private void Forget(string uid, ResourceKey key)
    {
        if (_byOwner.TryGetValue(uid, out var keys) && keys.Remove(key) && keys.Count == 0)
        {
            _byOwner.Remove(uid);
        }
    }
}

/// <summary>An object anywhere in the store.</summary>
internal readonly record struct ResourceKey(string Resource, ObjectKey Key);
