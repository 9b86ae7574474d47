using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Schemas;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.KubernetesApi.Resources;

/// <summary>One resource of one API version, as served.</summary>
internal sealed record ResourceType
{
    public required string Group { get; init; }

    /// <summary>The group that faults of an object are told under, where it is not its own.</summary>
    public string? ErrorGroup { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public string ListKind => CustomListKind ?? Kind + "List";

    public string? CustomListKind { get; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public required bool Namespaced { get; init; }

    /// <summary>Has a status subresource: status is written there only.</summary>
    public bool HasStatus { get; init; }

    /// <summary>The generation counts changes of everything but metadata and status.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Defined by a CustomResourceDefinition.</summary>
    public bool IsCustom { get; init; }

    /// <summary>A PUT or PATCH (apply aside) may create the object.</summary>
    public bool CreatesOnUpdate { get; init; }

    /// <summary>A PUT has to state the version it replaces.</summary>
    public bool NeedsVersionToUpdate { get; init; }

    /// <summary>A delete answers with the object instead of a Status.</summary>
    public bool ReturnsDeleted { get; init; }

    public required Schema Schema { get; init; }

    public IReadOnlyList<TableColumn> Columns { get; init; } = [];

    /// <summary>Fields beyond name and namespace that one may select by.</summary>
    public IReadOnlyList<string> SelectableFields { get; init; } = [];

    public ObjectRules Rules { get; init; } = ObjectRules.None;

    /// <summary>The table of the store that holds the objects: versions of one resource share it.</summary>
    public required string StorageName { get; init; }

    /// <summary>How the served version relates to what is stored; null: they are the same.</summary>
    public IVersionConversion? Conversion { get; init; }

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>The resource as messages name it.</summary>
    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public JsonObject ToServed(JsonObject stored) => Conversion?.ToServed(stored) ?? stored;

    public JsonObject ToStored(JsonObject served) => Conversion?.ToStored(served) ?? served;

    public string StoredField(string field) => Conversion?.StoredField(field) ?? field;
}
