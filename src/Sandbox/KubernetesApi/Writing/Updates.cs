using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Writing;

/// <summary>What an update may change of the object before it.</summary>
internal static class Updates
{
    private static readonly string[] ServerFields = ["name", "namespace", "selfLink", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion"];

    /// <exception cref="ApiException">409: the version stated is not the present one.</exception>
    public static void CheckVersion(JsonObject before, JsonObject after, WriteContext context)
    {
        if (after.ResourceVersion() is { Length: > 0 } stated && stated != before.ResourceVersion())
        {
            throw new ApiException(ApiStatus.Modified(context.Type, before.Name()));
        }
    }

    /// <summary>Keeps what this endpoint cannot change: server-owned metadata, status on the main endpoint, all but status on /status.</summary>
    public static JsonObject Confine(JsonObject before, JsonObject after, WriteContext context)
    {
        if (context.WritesStatus)
        {
            var next = before.Copy();
            next.Put("status", after["status"]);
            next.Meta().Put("managedFields", after.Meta()["managedFields"]);
            return next;
        }

        if (context.Type.HasStatus)
        {
            after.Put("status", before["status"]?.DeepClone());
        }

        foreach (var name in ServerFields)
        {
            after.Meta().Put(name, before.Meta()[name]?.DeepClone());
        }

        if (after.Uid().Length == 0)
        {
            after.Meta()["uid"] = before.Uid();
        }

        return after;
    }

    /// <summary>Counts a change of anything but metadata and status.</summary>
    public static void SetGeneration(JsonObject before, JsonObject after, ResourceType type)
    {
        if (type.HasGeneration && !Desired(before).SameAs(Desired(after)))
        {
            after.Meta()["generation"] = (before.Meta().Integer("generation") ?? 0) + 1;
        }
    }

    /// <summary>Nothing changed but the times in managedFields: such a write is none.</summary>
    public static bool SameContent(JsonObject before, JsonObject after) => WithoutTimes(before).SameAs(WithoutTimes(after));

    private static JsonObject Desired(JsonObject obj)
    {
        var copy = obj.Copy();
        copy.Remove("metadata");
        copy.Remove("status");
        return copy;
    }

    private static JsonObject WithoutTimes(JsonObject obj)
    {
        var copy = obj.Copy();
        foreach (var entry in copy.Meta().List("managedFields").Objects())
        {
            entry.Remove("time");
        }

        return copy;
    }
}
