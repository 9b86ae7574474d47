using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>The part of a Kubernetes object's metadata that this project acts on (Kubernetes API Reference, "ObjectMeta"). Everything else is dropped when parsed.</summary>
public sealed record ObjectMeta
{
    /// <summary>The object's name, unique in its namespace.</summary>
    public string Name { get; init => field = value ?? ""; } = "";

    /// <summary>The namespace; empty for cluster-scoped objects.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Unique over space and time: a re-created object of the same name has another one.</summary>
    public string Uid { get; init => field = value ?? ""; } = "";

    /// <summary>Opaque version for optimistic concurrency.</summary>
    public string ResourceVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Counts the changes of the spec; 0 where the kind has none.</summary>
    public long Generation { get; init; }

    /// <summary>When the API server created the object.</summary>
    public DateTimeOffset CreationTimestamp { get; init; }

    /// <summary>Set once deletion was asked for.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The value of the annotation <see cref="Annotations.RenewRequest"/> and our own; others are dropped, since <c>kubectl apply</c> stores whole objects, secrets included, in one.</summary>
    [JsonConverter(typeof(OwnAnnotationsConverter))]
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? ReadOnlyDictionary<string, string>.Empty; } = ReadOnlyDictionary<string, string>.Empty;
}
