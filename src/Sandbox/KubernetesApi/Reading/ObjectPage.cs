using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>One page of a list.</summary>
/// <param name="Objects">The objects, in the order of their keys.</param>
/// <param name="Version">The version the whole list is of.</param>
/// <param name="Continue">Where the next page begins; null on the last.</param>
/// <param name="Remaining">How many objects are left after this page; null where selectors make it unknown.</param>
internal sealed record ObjectPage(IReadOnlyList<StoredObject> Objects, long Version, string? Continue, int? Remaining);
