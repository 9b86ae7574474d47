using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>Objects read through their schema: what an applied configuration claims, merging, and removing of fields.</summary>
internal static class TypedValue
{
    /// <summary>The paths that an applied configuration claims: its leaves, every item of a keyed list, every key of a map.</summary>
    public static FieldSet FieldsOf(JsonObject configuration, Schema schema)
    {
        var builder = new FieldSet.Builder();
        CollectFields(builder, configuration, schema);
        return builder.Build();
    }

    /// <summary>The live value with the configuration laid over it.</summary>
    public static JsonNode? Merge(JsonNode? live, JsonNode? configuration, Schema? schema)
    {
        var shape = Shapes.Of(configuration, schema);
        if (shape != Shapes.Of(live, schema) || shape == Shape.Whole)
        {
            return configuration?.DeepClone();
        }

        return shape == Shape.Fields
            ? MergeFields((JsonObject)live!, (JsonObject)configuration!, schema)
            : MergeItems((JsonArray)live!, (JsonArray)configuration!, schema!);
    }

    /// <summary>Removes, in place, every path of the set that is there.</summary>
    public static void Remove(JsonNode? value, FieldSet set, Schema? schema)
    {
        foreach (var (step, isMember, inside) in set.Entries)
        {
            switch (value)
            {
                case JsonObject map when step.IsField && isMember:
                    map.Remove(step.FieldName);
                    break;
                case JsonObject map when step.IsField:
                    Remove(map[step.FieldName], inside, schema?.Field(step.FieldName));
                    break;
                case JsonArray list when schema is not null && list.FirstOrDefault(item => PathElement.Of(item, schema) == step) is { } found:
                    RemoveItem(list, found, isMember, inside, schema);
                    break;
            }
        }
    }

    private static void RemoveItem(JsonArray list, JsonNode found, bool isMember, FieldSet inside, Schema schema)
    {
        if (isMember)
        {
            list.Remove(found);
        }
        else
        {
            Remove(found, inside, schema.Items);
        }
    }

    private static void CollectFields(FieldSet.Builder at, JsonNode? value, Schema? schema)
    {
        switch (Shapes.Of(value, schema))
        {
            case Shape.Fields:
                foreach (var (name, child) in (JsonObject)value!)
                {
                    var into = at.Into(PathElement.Field(name));
                    CollectFields(into, child, schema?.Field(name));
                    if (child is null or JsonObject { Count: 0 } || schema?.Declares(name) != true)
                    {
                        into.Include();
                    }
                }

                break;
            case Shape.Items:
                foreach (var item in (JsonArray)value!)
                {
                    var into = at.Into(PathElement.Of(item, schema!));
                    CollectFields(into, item, schema!.Items);
                    into.Include();
                }

                break;
            default:
                at.Include();
                break;
        }
    }

    private static JsonObject MergeFields(JsonObject live, JsonObject configuration, Schema? schema)
    {
        var merged = live.Copy();
        foreach (var (name, value) in configuration)
        {
            merged[name] = live.TryGetPropertyValue(name, out var current) ? Merge(current, value, schema?.Field(name)) : value?.DeepClone();
        }

        return merged;
    }

    private static JsonArray MergeItems(JsonArray live, JsonArray configuration, Schema schema)
    {
        var ours = configuration.Select(item => (Step: PathElement.Of(item, schema), Item: item)).ToList();
        var merged = new JsonArray();
        var taken = new HashSet<PathElement>();
        foreach (var item in live)
        {
            var step = PathElement.Of(item, schema);
            var match = ours.FirstOrDefault(our => our.Step == step);
            merged.Add(match.Step.Notation is null ? item?.DeepClone() : Merge(item, match.Item, schema.Items));
            taken.Add(step);
        }

        foreach (var (_, item) in ours.Where(our => taken.Add(our.Step)))
        {
            merged.Add(item?.DeepClone());
        }

        return merged;
    }
}
