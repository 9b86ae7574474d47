using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>How the elements of a list are owned and merged (<c>x-kubernetes-list-type</c>).</summary>
internal enum ListType
{
    /// <summary>The list is one value.</summary>
    Atomic,

    /// <summary>A set of scalars.</summary>
    Set,

    /// <summary>Objects told apart by key fields.</summary>
    Map,
}

/// <summary>
/// A structural schema (Kubernetes documentation, "Extend the Kubernetes API with CustomResourceDefinitions"), for custom
/// resources and built-in kinds alike: what may be in an object, and how its fields are owned and merged.
/// CEL rules (<c>x-kubernetes-validations</c>) are stored with the definition and not evaluated, as on Kubernetes before 1.25.
/// </summary>
internal sealed record Schema
{
    /// <summary>Anything goes; ownership is deduced from the value.</summary>
    public static Schema Untyped { get; } = new() { PreserveUnknownFields = true, Nullable = true };

    /// <summary>The text it was read from, for OpenAPI.</summary>
    public JsonObject Source { get; init; } = [];

    public string? Type { get; init; }

    public bool Nullable { get; init; }

    public bool PreserveUnknownFields { get; init; }

    public bool IntOrString { get; init; }

    public IReadOnlyDictionary<string, Schema> Properties { get; init; } = new Dictionary<string, Schema>();

    /// <summary>The schema of every value of a map; null where unknown keys are no part of the object.</summary>
    public Schema? AdditionalProperties { get; init; }

    public Schema? Items { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public JsonNode? Default { get; init; }

    public JsonArray? Enum { get; init; }

    public Regex? Pattern { get; init; }

    public string? PatternText { get; init; }

    public string? Format { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public long? MinItems { get; init; }

    public long? MaxItems { get; init; }

    public long? MinProperties { get; init; }

    public long? MaxProperties { get; init; }

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    public bool ExclusiveMinimum { get; init; }

    public bool ExclusiveMaximum { get; init; }

    public bool UniqueItems { get; init; }

    public IReadOnlyList<Schema> AllOf { get; init; } = [];

    public IReadOnlyList<Schema> AnyOf { get; init; } = [];

    public IReadOnlyList<Schema> OneOf { get; init; } = [];

    public Schema? Not { get; init; }

    public ListType ListType { get; init; }

    public IReadOnlyList<string> ListMapKeys { get; init; } = [];

    /// <summary>True: the whole object is one value (<c>x-kubernetes-map-type: atomic</c>).</summary>
    public bool AtomicMap { get; init; }

    /// <summary>The merge key of strategic merge patches (<c>x-kubernetes-patch-merge-key</c>); null: the list is replaced.</summary>
    public string? PatchMergeKey { get; init; }

    /// <summary>The schema of a field, or null where the schema does not know it.</summary>
    public Schema? Field(string name) => Properties.GetValueOrDefault(name) ?? AdditionalProperties ?? (PreserveUnknownFields ? Untyped : null);

    /// <summary>True for a field with a name of its own, as against the key of a map.</summary>
    public bool Declares(string name) => Properties.ContainsKey(name);
}
