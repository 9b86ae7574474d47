using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>The owners of an object's fields, and their form in <c>metadata.managedFields</c>.</summary>
internal static class ManagedFields
{
    /// <summary>The owners named in an object; none where the list cannot be read.</summary>
    public static Dictionary<Manager, Ownership> Read(JsonObject? obj)
    {
        var owners = new Dictionary<Manager, Ownership>();
        foreach (var entry in obj?.Child("metadata").List("managedFields").Objects() ?? [])
        {
            if (entry.Text("operation") is not (Manager.Apply or Manager.Update) || entry.Child("fieldsV1") is not { } fields)
            {
                return [];
            }

            var apiVersion = entry.Text("apiVersion") ?? "";
            var manager = new Manager(entry.Text("manager") ?? "", entry.Text("operation")!, apiVersion, entry.Text("subresource") ?? "");
            owners[manager.IsApplier ? manager with { ApiVersion = "" } : manager] = new(FieldSetJson.Read(fields), apiVersion, entry.Text("time"));
        }

        return owners;
    }

    /// <summary>Writes the owners into an object: appliers first, then by time and name.</summary>
    public static void Write(JsonObject obj, IReadOnlyDictionary<Manager, Ownership> owners)
    {
        if (owners.Count == 0)
        {
            obj.Meta().Remove("managedFields");
            return;
        }

        var sorted = owners.OrderBy(owner => owner.Key.Operation, StringComparer.Ordinal)
            .ThenBy(owner => owner.Value.Time, StringComparer.Ordinal)
            .ThenBy(owner => owner.Key.Name, StringComparer.Ordinal)
            .ThenBy(owner => owner.Value.ApiVersion, StringComparer.Ordinal)
            .ThenBy(owner => owner.Key.Subresource, StringComparer.Ordinal);
        obj.Meta()["managedFields"] = new JsonArray([.. sorted.Select(owner => Entry(owner.Key, owner.Value))]);
    }

    private static JsonObject Entry(Manager manager, Ownership ownership)
    {
        var entry = new JsonObject { ["manager"] = manager.Name, ["operation"] = manager.Operation, ["apiVersion"] = ownership.ApiVersion };
        if (ownership.Time is not null)
        {
            entry["time"] = ownership.Time;
        }

        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = FieldSetJson.Write(ownership.Fields);
        if (manager.Subresource.Length > 0)
        {
            entry["subresource"] = manager.Subresource;
        }

        return entry;
    }
}
