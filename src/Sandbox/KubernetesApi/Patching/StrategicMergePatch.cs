using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Patching;

/// <summary>
/// Strategic merge patch (Kubernetes documentation, "Update API Objects in Place Using kubectl patch"): a merge patch in which
/// lists with a merge key are merged item by item, with the directives <c>$patch</c>, <c>$deleteFromPrimitiveList/</c>,
/// <c>$setElementOrder/</c> (ignored: the order is that of the live list) and <c>$retainKeys</c>.
/// </summary>
internal static class StrategicMergePatch
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string DeletePrimitives = "$deleteFromPrimitiveList/";
    private const string ElementOrder = "$setElementOrder/";

    public static JsonObject Apply(JsonObject target, JsonObject patch, Schema? schema)
    {
        if (patch.Text(Directive) is "replace")
        {
            var replacement = patch.Copy();
            replacement.Remove(Directive);
            return replacement;
        }

        var result = target.Copy();
        Retain(result, patch);
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(DeletePrimitives, StringComparison.Ordinal))
            {
                DeleteFrom(result.List(name[DeletePrimitives.Length..]), value as JsonArray);
            }
            else if (name is not (Directive or RetainKeys) && !name.StartsWith(ElementOrder, StringComparison.Ordinal))
            {
                Set(result, name, value, schema?.Field(name));
            }
        }

        return result;
    }

    private static void Set(JsonObject result, string name, JsonNode? value, Schema? schema)
    {
        switch (value)
        {
            case null:
            case JsonObject deleted when deleted.Text(Directive) == "delete":
                result.Remove(name);
                break;
            case JsonObject changes:
                result[name] = Apply(result.Child(name) ?? [], changes, schema);
                break;
            case JsonArray items when schema?.PatchMergeKey is { } key:
                result[name] = MergeByKey(result.List(name) ?? [], items, key, schema.Items);
                break;
            case JsonArray members when schema?.ListType == ListType.Set:
                result[name] = Union(result.List(name) ?? [], members);
                break;
            default:
                result[name] = value.DeepClone();
                break;
        }
    }

    private static JsonArray MergeByKey(JsonArray live, JsonArray patch, string key, Schema? schema)
    {
        if (patch.Objects().Any(item => item.Text(Directive) == "replace"))
        {
            return new([.. patch.Objects().Where(item => !item.ContainsKey(Directive)).Select(item => item.DeepClone())]);
        }

        var merged = live.Objects().Select(JsonNodes.Copy).ToList();
        foreach (var item in patch.Objects())
        {
            var index = merged.FindIndex(present => present[key].SameAs(item[key]));
            if (item.Text(Directive) == "delete")
            {
                merged.RemoveAll(present => present[key].SameAs(item[key]));
            }
            else if (index < 0)
            {
                merged.Add(Apply([], item, schema));
            }
            else
            {
                merged[index] = Apply(merged[index], item, schema);
            }
        }

        return new([.. merged]);
    }

    private static JsonArray Union(JsonArray live, JsonArray added)
    {
        var all = (JsonArray)live.DeepClone();
        foreach (var member in added.Where(member => !live.Any(present => present.SameAs(member))))
        {
            all.Add(member?.DeepClone());
        }

        return all;
    }

    private static void DeleteFrom(JsonArray? list, JsonArray? members)
    {
        foreach (var member in members ?? [])
        {
            list?.RemoveAll(present => present.SameAs(member));
        }
    }

    private static void Retain(JsonObject result, JsonObject patch)
    {
        if (patch.List(RetainKeys) is not { } kept)
        {
            return;
        }

        var names = kept.Texts().ToHashSet();
        foreach (var name in result.Select(pair => pair.Key).Where(name => !names.Contains(name)).ToList())
        {
            result.Remove(name);
        }
    }
}
