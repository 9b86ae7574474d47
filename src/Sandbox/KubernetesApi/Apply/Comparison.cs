using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>What differs between two objects, path by path.</summary>
internal sealed record Comparison(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    public FieldSet Changed => Added.Union(Modified);

    public static Comparison Of(JsonObject before, JsonObject after, Schema schema)
    {
        var walk = new Walk(new(), new(), new());
        walk.Fields(before, after, schema);
        return new(walk.Added.Build(), walk.Modified.Build(), walk.Removed.Build());
    }

    public Comparison WithoutTrees(FieldSet roots) => new(Added.WithoutTrees(roots), Modified.WithoutTrees(roots), Removed.WithoutTrees(roots));

    private readonly record struct Walk(FieldSet.Builder Added, FieldSet.Builder Modified, FieldSet.Builder Removed)
    {
        public void Fields(JsonObject? before, JsonObject? after, Schema? schema)
        {
            foreach (var (name, old) in before ?? [])
            {
                JsonNode? now = null;
                var stays = after?.TryGetPropertyValue(name, out now) == true;
                Into(PathElement.Field(name)).Value(true, old, stays, now, schema?.Field(name));
            }

            foreach (var (name, now) in after ?? [])
            {
                if (before?.ContainsKey(name) != true)
                {
                    Into(PathElement.Field(name)).Value(false, null, true, now, schema?.Field(name));
                }
            }
        }

        private Walk Into(PathElement step) => new(Added.Into(step), Modified.Into(step), Removed.Into(step));

        private void Value(bool wasThere, JsonNode? before, bool isThere, JsonNode? after, Schema? schema)
        {
            if (wasThere && isThere && before.SameAs(after))
            {
                return;
            }

            Inside(before, after, schema);
            if (!wasThere)
            {
                Added.Include();
            }
            else if (!isThere)
            {
                Removed.Include();
            }
            else if (IsLeafPair(before, after, schema))
            {
                Modified.Include();
            }
        }

        private void Inside(JsonNode? before, JsonNode? after, Schema? schema)
        {
            if (Shapes.Of(before, schema) == Shape.Fields || Shapes.Of(after, schema) == Shape.Fields)
            {
                Fields(Shapes.Of(before, schema) == Shape.Fields ? before as JsonObject : null, Shapes.Of(after, schema) == Shape.Fields ? after as JsonObject : null, schema);
            }

            if (Shapes.Of(before, schema) == Shape.Items || Shapes.Of(after, schema) == Shape.Items)
            {
                Items(before as JsonArray, after as JsonArray, schema!);
            }
        }

        private void Items(JsonArray? before, JsonArray? after, Schema schema)
        {
            var old = ByStep(before, schema);
            var now = ByStep(after, schema);
            foreach (var step in old.Keys.Union(now.Keys))
            {
                var wasThere = old.TryGetValue(step, out var oldItem);
                var isThere = now.TryGetValue(step, out var newItem);
                Into(step).Value(wasThere, oldItem, isThere, newItem, schema.Items);
            }
        }

        private static bool IsLeafPair(JsonNode? before, JsonNode? after, Schema? schema) =>
            Shapes.Of(before, schema) == Shape.Whole || Shapes.Of(after, schema) == Shape.Whole || (Shapes.IsEmpty(before) && Shapes.IsEmpty(after));

        private static Dictionary<PathElement, JsonNode?> ByStep(JsonArray? list, Schema schema)
        {
            var steps = new Dictionary<PathElement, JsonNode?>();
            foreach (var item in list ?? [])
            {
                steps[PathElement.Of(item, schema)] = item;
            }

            return steps;
        }
    }
}
