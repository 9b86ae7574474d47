using System.Threading.Channels;
using Sandbox.KubernetesApi.CustomResources;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;
using Sandbox.KubernetesApi.Watching;
using Sandbox.KubernetesApi.Writing;

namespace Sandbox.KubernetesApi.Housekeeping;

/// <summary>
/// What a controller manager does beside a real server, in the background and promptly: objects whose owners are all gone are
/// deleted, namespaces that are being deleted are emptied and removed, every namespace has its default ServiceAccount.
/// </summary>
internal sealed class Housekeeper(ObjectStore store, ResourceRegistry registry, Dependents dependents, DefinitionInstaller definitions, Deleter deleter, ObjectWriter writer)
{
    private readonly Channel<Action> _chores = Channel.CreateUnbounded<Action>(new() { SingleReader = true });

    /// <summary>Takes notice of a change: called under the store's lock.</summary>
    public void Note(string resource, WatchEvent change)
    {
        dependents.Note(resource, change);
        if (definitions.Note(resource, change) is { } gone)
        {
            Later(() => DeleteAll(gone));
        }

        var (ns, name) = change.Object.Key;
        if (resource == NamespaceGuard.Namespaces)
        {
            Later(() => TendNamespace(name));
        }

        if (change.Kind == WatchEventKind.Deleted)
        {
            foreach (var dependent in dependents.Of(change.Object.Uid))
            {
                Later(() => Collect(dependent));
            }

            Later(() => TendNamespace(ns));
        }
        else if (change.Kind == WatchEventKind.Added && change.Object.OwnerUids.Count > 0)
        {
            Later(() => Collect(new(resource, change.Object.Key)));
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var chore in _chores.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                chore();
            }
            catch (ApiException)
            {
                // What it was about has changed meanwhile, and that change brought a chore of its own.
            }
        }
    }

    private void Later(Action chore) => _chores.Writer.TryWrite(chore);

    /// <summary>Deletes an object if its owners are all gone.</summary>
    private void Collect(ResourceKey key)
    {
        if (store.Find(key.Resource, key.Key) is { } stored && IsAbandoned(stored))
        {
            deleter.DeleteIfThere(dependents.TypeOf(key.Resource), key.Key, new() { Uid = stored.Uid });
        }
    }

    private void DeleteAll(ResourceType type)
    {
        foreach (var key in store.Snapshot(type.StorageName).Objects.Keys)
        {
            deleter.DeleteIfThere(type, key, new());
        }

        store.EndSubscriptions(type.StorageName);
    }

    /// <summary>True when it names owners and none of them lives, by name and uid.</summary>
    private bool IsAbandoned(StoredObject stored) =>
        stored.OwnerUids.Count > 0 && !stored.Read().Meta().List("ownerReferences").Objects().Any(owner => Lives(owner, stored.Key.Namespace));

    private bool Lives(System.Text.Json.Nodes.JsonObject owner, string ns)
    {
        if (registry.FindKind(owner.Text("apiVersion") ?? "", owner.Text("kind") ?? "") is not { } type)
        {
            // An owner of a kind that is not served: nothing can be known of it.
            return true;
        }

        return store.Find(type.StorageName, new(type.Namespaced ? ns : "", owner.Text("name") ?? ""))?.Uid == owner.Text("uid");
    }

    private void TendNamespace(string name)
    {
        if (store.Find(NamespaceGuard.Namespaces, new("", name)) is not { } ns)
        {
            return;
        }

        if (!ns.IsBeingDeleted)
        {
            EnsureServiceAccount(name);
        }
        else if (!Empty(name))
        {
            store.TryRemove(NamespaceGuard.Namespaces, ns, ns.Read());
        }
    }

    /// <summary>Deletes what is in a namespace.</summary>
    /// <returns>Whether something is left, held by its finalizers.</returns>
    private bool Empty(string ns)
    {
        var left = false;
        foreach (var type in registry.Types.Where(type => type.Namespaced).DistinctBy(type => type.StorageName))
        {
            foreach (var stored in store.Snapshot(type.StorageName).Objects.Values.Where(stored => stored.Key.Namespace == ns))
            {
                deleter.DeleteIfThere(type, stored.Key, new());
                left |= store.Find(type.StorageName, stored.Key) is not null;
            }
        }

        return left;
    }

    private void EnsureServiceAccount(string ns)
    {
        var type = registry.Get("", "serviceaccounts");
        if (store.Find(type.StorageName, new(ns, "default")) is null)
        {
            writer.Update(new(type, ns) { FieldManager = "kube-controller-manager" }, "default", before => before ?? new() { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount" }, createIfAbsent: true);
        }
    }
}
