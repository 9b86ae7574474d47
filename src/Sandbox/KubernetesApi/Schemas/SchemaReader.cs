using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>Reads a <see cref="Schema"/> from its OpenAPI v3 form.</summary>
internal static class SchemaReader
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    public static Schema Read(JsonObject source) => new()
    {
        Source = source,
        Type = source.Text("type"),
        Nullable = source.Flag("nullable"),
        PreserveUnknownFields = source.Flag("x-kubernetes-preserve-unknown-fields") || source["additionalProperties"]?.GetValueKind() == System.Text.Json.JsonValueKind.True,
        IntOrString = source.Flag("x-kubernetes-int-or-string"),
        Properties = source.Child("properties")?.ToDictionary(pair => pair.Key, pair => Read((JsonObject)pair.Value!)) ?? [],
        AdditionalProperties = Optional(source.Child("additionalProperties")),
        Items = Optional(source.Child("items")),
        Required = [.. source.List("required").Texts()],
        Default = source["default"],
        Enum = source.List("enum"),
        Pattern = source.Text("pattern") is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant, PatternTimeout) : null,
        PatternText = source.Text("pattern"),
        Format = source.Text("format"),
        MinLength = source.Integer("minLength"),
        MaxLength = source.Integer("maxLength"),
        MinItems = source.Integer("minItems"),
        MaxItems = source.Integer("maxItems"),
        MinProperties = source.Integer("minProperties"),
        MaxProperties = source.Integer("maxProperties"),
        Minimum = Number(source["minimum"]),
        Maximum = Number(source["maximum"]),
        ExclusiveMinimum = source.Flag("exclusiveMinimum"),
        ExclusiveMaximum = source.Flag("exclusiveMaximum"),
        UniqueItems = source.Flag("uniqueItems"),
        AllOf = Many(source.List("allOf")),
        AnyOf = Many(source.List("anyOf")),
        OneOf = Many(source.List("oneOf")),
        Not = Optional(source.Child("not")),
        ListType = source.Text("x-kubernetes-list-type") switch { "map" => ListType.Map, "set" => ListType.Set, _ => ListType.Atomic },
        ListMapKeys = [.. source.List("x-kubernetes-list-map-keys").Texts()],
        AtomicMap = source.Text("x-kubernetes-map-type") == "atomic",
        PatchMergeKey = source.Text("x-kubernetes-patch-merge-key"),
    };

    private static Schema? Optional(JsonObject? source) => source is null ? null : Read(source);

    private static Schema[] Many(JsonArray? sources) => [.. sources.Objects().Select(Read)];

    private static decimal? Number(JsonNode? node) =>
        node is not null && decimal.TryParse(node.ToText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
