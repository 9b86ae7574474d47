using System.Collections.Immutable;

namespace Sandbox.KubernetesApi.Storage;

/// <summary>All objects of one resource at one version.</summary>
internal sealed record Snapshot(ImmutableSortedDictionary<ObjectKey, StoredObject> Objects, long Version);
