using System.Text.Json.Serialization.Metadata;

namespace ControllerRuntime.Watching;

/// <summary>A collection of the API server and how its objects are read.</summary>
/// <typeparam name="T">The type of the objects, usually with only the members that matter.</typeparam>
public sealed record WatchedResource<T>
    where T : class
{
    /// <summary>What it is called in logs, for example <c>uploadsessions</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The collection's path over all namespaces, for example <c>/api/v1/secrets</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The one namespace whose objects are wanted; empty for those of all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>A label selector the server filters by; null for all objects.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Asks the server for metadata alone (PartialObjectMetadata): nothing else of the objects is ever sent.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>How an object is parsed.</summary>
    public required JsonTypeInfo<T> JsonType { get; init; }

    /// <summary>An object's key.</summary>
    public required Func<T, ObjectKey> KeyOf { get; init; }

    /// <summary>An object's <c>metadata.resourceVersion</c>.</summary>
    public required Func<T, string> VersionOf { get; init; }

    /// <summary>The value <see cref="ObjectStore{T}.ByIndex"/> finds an object under; null leaves an object out.</summary>
    public Func<T, string?>? IndexBy { get; init; }

    /// <summary>
    /// Makes the new version of an object, its second argument, share what it has in common with the old one: what lives long in memory stays,
    /// and its copy goes at once. Null: versions share nothing.
    /// </summary>
    public Func<T, T, T>? Share { get; init; }

    /// <summary>Where the server has them.</summary>
    internal string CollectionPath => Namespace.Length == 0 ? Path : Path.Insert(Path.LastIndexOf('/'), $"/namespaces/{Namespace}");
}
