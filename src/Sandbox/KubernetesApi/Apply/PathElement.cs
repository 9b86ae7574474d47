using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Schemas;

namespace Sandbox.KubernetesApi.Apply;

/// <summary>
/// One step into an object, in the notation of managedFields (API Reference, "FieldsV1"): <c>f:name</c> a field,
/// <c>k:{…}</c> a list item by its keys, <c>v:…</c> a member of a set, <c>i:0</c> a position.
/// </summary>
internal readonly record struct PathElement(string Notation) : IComparable<PathElement>
{
    public bool IsField => Notation.StartsWith("f:", StringComparison.Ordinal);

    public string FieldName => Notation[2..];

    public static PathElement Field(string name) => new("f:" + name);

    public static PathElement SetMember(JsonNode? value) => new("v:" + value.ToText());

    /// <summary>The item of a keyed list. A missing key field takes its schema's default.</summary>
    public static PathElement Item(JsonObject item, Schema list)
    {
        var keys = new JsonObject(list.ListMapKeys.Order(StringComparer.Ordinal)
            .Select(key => KeyValuePair.Create(key, (item[key] ?? list.Items?.Field(key)?.Default)?.DeepClone())));
        return new("k:" + keys.ToText());
    }

    /// <summary>The path of an item of a list, by how the list is owned.</summary>
    public static PathElement Of(JsonNode? item, Schema list) =>
        list.ListType == ListType.Map && item is JsonObject keyed ? Item(keyed, list) : SetMember(item);

    public int CompareTo(PathElement other) => string.CompareOrdinal(Notation, other.Notation);

    /// <summary>As conflict messages show it: <c>.data</c>, <c>[type="Ready"]</c>.</summary>
    public override string ToString() => Notation[0] switch
    {
        'f' => "." + FieldName,
        'k' => $"[{string.Join(",", ((JsonObject)JsonNode.Parse(Notation[2..])!).Select(pair => $"{pair.Key}={pair.Value.ToText()}"))}]",
        'v' => $"[={Notation[2..]}]",
        _ => $"[{Notation[2..]}]",
    };
}
