using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>A Secret as this operator sees it: PartialObjectMetadata, never its data (Kubernetes API Concepts, "Resource metadata").</summary>
public sealed record SecretMetadata
{
    /// <summary>The metadata.</summary>
    public SecretObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The UploadSession that controls this Secret; null if none does.</summary>
    [JsonIgnore]
    public OwnerReference? Owner => Metadata.OwnerReferences is [var owner, ..] ? owner : null;

    /// <summary>The access key id that its annotation names; null if none does.</summary>
    [JsonIgnore]
    public string? AccessKeyId => Metadata.Annotations.GetValueOrDefault(Annotations.AccessKeyId);
}

/// <summary>The metadata of a Secret: what <see cref="ObjectMeta"/> has, and who owns the object and its fields.</summary>
public sealed record SecretObjectMeta
{
    /// <inheritdoc cref="ObjectMeta.Name"/>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.Namespace"/>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.Uid"/>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.ResourceVersion"/>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <inheritdoc cref="ObjectMeta.DeletionTimestamp"/>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <inheritdoc cref="ObjectMeta.Annotations"/>
    [JsonConverter(typeof(OwnAnnotationsConverter))]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The UploadSession that controls the object, where one does. Other owners are dropped, and so is one whose name or uid is none: nothing bounds what may be written there.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get; init => field = value?.Where(reference => reference is { IsUploadSessionController: true, IsPlausible: true }).Take(1).ToArray() ?? []; } = [];

    /// <summary>The fields that this operator's own apply owns, read from <c>managedFields</c>.</summary>
    [JsonPropertyName("managedFields")]
    [JsonConverter(typeof(OwnedFieldsConverter))]
    public OwnedFields OwnedFields { get; init; } = OwnedFields.None;
}
