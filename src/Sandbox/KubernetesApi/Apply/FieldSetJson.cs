using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>Field sets in the form of <c>fieldsV1</c>: <c>{"f:data":{".":{},"f:key":{}}}</c>.</summary>
internal static class FieldSetJson
{
    private const string Itself = ".";

    public static FieldSet Read(JsonObject fields)
    {
        var builder = new FieldSet.Builder();
        ReadInto(builder, fields);
        return builder.Build();
    }

    public static JsonObject Write(FieldSet set)
    {
        var fields = new JsonObject();
        foreach (var (step, isMember, inside) in set.Entries.OrderBy(entry => entry.Step))
        {
            var child = Write(inside);
            if (isMember && !inside.IsEmpty)
            {
                child.Insert(0, Itself, new JsonObject());
            }

            fields[step.Notation] = child;
        }

        return fields;
    }

    private static void ReadInto(FieldSet.Builder at, JsonObject fields)
    {
        foreach (var (notation, inside) in fields)
        {
            if (notation == Itself)
            {
                at.Include();
                continue;
            }

            var child = at.Into(new PathElement(notation));
            if (inside is JsonObject { Count: > 0 } deeper)
            {
                ReadInto(child, deeper);
            }
            else
            {
                child.Include();
            }
        }
    }
}
