using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Apply;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>Creates and updates objects: the rules every write goes through, whatever its verb.</summary>
internal sealed class ObjectWriter(ObjectStore store, NamespaceGuard namespaces, TimeProvider time)
{
    private string Now => time.GetUtcNow().ToKubernetesTime();

    /// <summary>Creates an object.</summary>
    /// <exception cref="ApiException">It exists, it is invalid, or its namespace does not take it.</exception>
    public StoredObject Create(WriteContext context, JsonObject obj)
    {
        var type = context.Type;
        Intake.Admit(obj, context);
        NewObjects.CheckNamespace(obj, context);
        if (obj.ResourceVersion().Length > 0)
        {
            throw new ApiException(ApiStatus.Internal("resourceVersion should not be set on objects to be created"));
        }

        NewObjects.GiveName(obj);
        return Insert(context, obj) ?? throw new ApiException(ApiStatus.AlreadyExists(type, obj.Name()));
    }

    /// <summary>Changes an object.</summary>
    /// <param name="context">How to write.</param>
    /// <param name="name">The object's name.</param>
    /// <param name="change">Makes the next object from the present one (null: there is none); called again when another write came first.</param>
    /// <param name="createIfAbsent">Whether the object may be created.</param>
    /// <returns>The object as it is now, and whether it was created.</returns>
    public (StoredObject Stored, bool Created) Update(WriteContext context, string name, Func<JsonObject?, JsonObject> change, bool createIfAbsent)
    {
        var type = context.Type;
        var key = new ObjectKey(context.Namespace, name);
        while (true)
        {
            var stored = store.Find(type.StorageName, key);
            if (stored is null && !createIfAbsent)
            {
                throw new ApiException(ApiStatus.NotFound(type, name));
            }

            var written = stored is null ? CreateNamed(context, name, change(null)) : Replace(context, stored, change);
            if (written is not null)
            {
                return (written, stored is null);
            }
        }
    }

    private StoredObject? CreateNamed(WriteContext context, string name, JsonObject obj)
    {
        Intake.Admit(obj, context);
        if (obj.Uid() is { Length: > 0 } uid)
        {
            throw new ApiException(ApiStatus.Conflict(context.Type, name, $"uid mismatch: the provided object specified uid {uid}, and no existing object was found"));
        }

        obj.Meta()["name"] = name;
        return Insert(context, obj);
    }

    /// <summary>Null: an object of that name is there.</summary>
    private StoredObject? Insert(WriteContext context, JsonObject obj)
    {
        var type = context.Type;
        namespaces.CheckCreation(context, obj.Name());
        NewObjects.FillMetadata(obj, context, Now);
        if (type.HasStatus)
        {
            obj.Remove("status");
            Schemas.Defaulting.Apply(obj, type.Schema);
        }

        type.Rules.Prepare(obj, null);
        ThrowIfAny([.. NewObjects.ValidateName(obj, type), .. MetadataRules.Validate(obj, type), .. Intake.Validate(obj, null, type)], type, obj.Name());
        if (!context.IsApply)
        {
            FieldOwnership.Record(null, obj, Ownership(context, statusIgnored: true));
        }

        var key = new ObjectKey(context.Namespace, obj.Name());
        var stored = type.ToStored(obj);
        if (context.DryRun)
        {
            return store.Find(type.StorageName, key) is null ? new StoredObject(key, 0, stored) : null;
        }

        return store.TryPut(type.StorageName, key, null, stored);
    }

    /// <summary>Null: another write came between.</summary>
    private StoredObject? Replace(WriteContext context, StoredObject stored, Func<JsonObject?, JsonObject> change)
    {
        var type = context.Type;
        var before = type.ToServed(stored.Read());
        var after = change(before.Copy());
        Intake.Admit(after, context);
        Updates.CheckVersion(before, after, context);
        after = Updates.Confine(before, after, context);
        type.Rules.Prepare(after, before);
        ThrowIfAny([.. MetadataRules.ValidateUpdate(before, after, type), .. Intake.Validate(after, before, type)], type, stored.Key.Name);
        Updates.SetGeneration(before, after, type);
        if (!context.IsApply)
        {
            FieldOwnership.Record(before, after, Ownership(context, statusIgnored: !context.WritesStatus));
        }

        return Updates.SameContent(before, after) ? stored : Commit(context, stored, type.ToStored(after));
    }

    private StoredObject? Commit(WriteContext context, StoredObject stored, JsonObject next)
    {
        if (context.DryRun)
        {
            return new StoredObject(stored.Key, stored.Version, next);
        }

        // The last finalizer of an object that is being deleted has gone.
        return next.IsBeingDeleted() && !next.Finalizers().Any() && !context.Type.Rules.OutlivesItsFinalizers(next)
            ? store.TryRemove(context.Type.StorageName, stored, next)
            : store.TryPut(context.Type.StorageName, stored.Key, stored, next);
    }

    /// <summary>The bookkeeping of a write, as <see cref="FieldOwnership"/> wants it.</summary>
    public OwnershipWrite Ownership(WriteContext context, bool statusIgnored)
    {
        var type = context.Type;
        var manager = context.IsApply
            ? Manager.Applier(context.FieldManager, context.Subresource)
            : Manager.Updater(context.FieldManager, type.ApiVersion, context.Subresource);
        return new(manager, type.ApiVersion, type.Schema, Now)
        {
            Ignored = (type.HasStatus, context.WritesStatus) switch
            {
                (_, true) => FieldSet.OfFields(["metadata"], ["spec"]),
                (true, false) when statusIgnored => FieldSet.OfFields(["status"]),
                _ => FieldSet.Empty,
            },
        };
    }

    private static void ThrowIfAny(IReadOnlyList<FieldError> errors, ResourceType type, string name)
    {
        if (errors.Count > 0)
        {
            throw new ApiException(ApiStatus.Invalid(type, name, errors));
        }
    }
}
