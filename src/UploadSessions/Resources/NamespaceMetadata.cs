using System.Collections.ObjectModel;

namespace UploadSessions.Resources;

/// <summary>A namespace as this operator sees it: PartialObjectMetadata, of which only the labels and the deletion matter.</summary>
public sealed record NamespaceMetadata
{
    /// <summary>The metadata.</summary>
    public NamespaceObjectMeta Metadata { get; init => field = value ?? new(); } = new();
}

/// <summary>The metadata of a namespace.</summary>
public sealed record NamespaceObjectMeta
{
    /// <inheritdoc cref="ObjectMeta.Name"/>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.ResourceVersion"/>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.DeletionTimestamp"/>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The labels that grants select by.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;
}
