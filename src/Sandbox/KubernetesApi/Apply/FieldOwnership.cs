using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>
/// Who owns which field after a write: server-side apply with its conflicts, and the bookkeeping of every other write
/// (Kubernetes documentation, "Server-Side Apply"; the algorithm is that of structured-merge-diff). Pure.
/// </summary>
internal static class FieldOwnership
{
    /// <summary>Metadata that belongs to the server or names the object: owned by nobody.</summary>
    private static readonly FieldSet Unowned = FieldSet.OfFields(
        [["apiVersion"], ["kind"], ["metadata"], .. MetadataFields("name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion")]);

    /// <summary>Applies a configuration.</summary>
    /// <param name="live">The object as stored; an empty one where there is none.</param>
    /// <param name="configuration">The applied configuration.</param>
    /// <param name="write">Who applies and how.</param>
    /// <exception cref="ApplyConflictException">Another manager owns a field to be changed, and force is off.</exception>
    /// <returns>The merged object with its managedFields.</returns>
    public static JsonObject Apply(JsonObject live, JsonObject configuration, OwnershipWrite write)
    {
        var owners = ManagedFields.Read(live);
        var current = WithoutManagedFields(live);
        if (owners.Count == 0 && current.Count > 0)
        {
            owners = Recorded(new JsonObject(), current, owners, write with { Manager = Manager.Updater("before-first-apply", write.ApiVersion, "") });
        }

        var claimed = TypedValue.FieldsOf(configuration, write.Schema).WithoutTrees(write.Ignored);
        var previous = owners.GetValueOrDefault(write.Manager);
        var merged = (JsonObject)TypedValue.Merge(current, configuration, write.Schema)!;
        var others = owners.Where(owner => owner.Key != write.Manager).Select(owner => owner.Value.Fields);
        Prune(merged, previous?.Fields, others.Append(claimed), write.Schema);

        owners.Remove(write.Manager);
        var changes = Comparison.Of(current, merged, write.Schema).WithoutTrees(write.Ignored);
        Release(owners, changes, write.Force);

        var owned = claimed.Difference(Unowned);
        var unchanged = previous is not null && previous.Fields.SameAs(owned) && merged.SameAs(current);
        if (!owned.IsEmpty)
        {
            owners[write.Manager] = new(owned, write.ApiVersion, unchanged ? previous!.Time : write.Time);
        }

        ManagedFields.Write(merged, owners);
        return merged;
    }

    /// <summary>Records, in <paramref name="after"/>, what a write that is no apply changed.</summary>
    public static void Record(JsonObject? before, JsonObject after, OwnershipWrite write)
    {
        var owners = Known(before, after, write.Manager.Subresource.Length > 0);
        var old = before is null ? [] : WithoutManagedFields(before);
        ManagedFields.Write(after, Recorded(old, WithoutManagedFields(after), owners, write));
    }

    private static Dictionary<Manager, Ownership> Recorded(JsonObject before, JsonObject after, Dictionary<Manager, Ownership> owners, OwnershipWrite write)
    {
        var changes = Comparison.Of(before, after, write.Schema).WithoutTrees(write.Ignored);
        var result = new Dictionary<Manager, Ownership>(owners);
        Release(result, changes, force: true);
        var taken = changes.Changed.Difference(Unowned);
        if (!taken.IsEmpty)
        {
            var kept = result.GetValueOrDefault(write.Manager)?.Fields ?? FieldSet.Empty;
            result[write.Manager] = new(kept.Union(taken), write.ApiVersion, write.Time);
        }

        return result;
    }

    /// <summary>The owners before the write: those the client sent, else those stored. An empty entry asks for a reset.</summary>
    private static Dictionary<Manager, Ownership> Known(JsonObject? before, JsonObject after, bool isSubresource)
    {
        var sent = after.Child("metadata").List("managedFields");
        if (!isSubresource && sent is [JsonObject { Count: 0 }])
        {
            return [];
        }

        return !isSubresource && ManagedFields.Read(after) is { Count: > 0 } theirs ? theirs : ManagedFields.Read(before);
    }

    /// <summary>Takes from the others what this write changes; without force that is a conflict.</summary>
    private static void Release(Dictionary<Manager, Ownership> owners, Comparison changes, bool force)
    {
        var changed = changes.Changed;
        var conflicts = owners.Select(owner => (Manager: owner.Key, owner.Value.ApiVersion, owner.Value.Time, Fields: owner.Value.Fields.Intersection(changed)))
            .Where(conflict => !conflict.Fields.IsEmpty).ToList();
        if (!force && conflicts.Count > 0)
        {
            throw new ApplyConflictException([.. conflicts.SelectMany(conflict => conflict.Fields.Paths()
                .Select(path => new ApplyConflict(conflict.Manager, conflict.ApiVersion, conflict.Time, path)))]);
        }

        var lost = changed.Union(changes.Removed);
        foreach (var (manager, ownership) in owners.ToList())
        {
            var left = ownership.Fields.Difference(lost);
            if (left.IsEmpty)
            {
                owners.Remove(manager);
            }
            else
            {
                owners[manager] = ownership with { Fields = left };
            }
        }
    }

    /// <summary>Removes what the manager applied before and nobody, itself included, owns any longer.</summary>
    private static void Prune(JsonObject merged, FieldSet? previous, IEnumerable<FieldSet> owned, Schema schema)
    {
        if (previous is null)
        {
            return;
        }

        var stays = owned.Aggregate(FieldSet.Empty, (all, set) => all.Union(set)).WithNamedParents(schema);
        TypedValue.Remove(merged, previous.WithNamedParents(schema).Difference(stays), schema);
    }

    private static JsonObject WithoutManagedFields(JsonObject obj)
    {
        var copy = obj.Copy();
        copy.Child("metadata")?.Remove("managedFields");
        return copy;
    }

    private static IEnumerable<string[]> MetadataFields(params string[] names) => names.Select(name => new[] { "metadata", name });
}
