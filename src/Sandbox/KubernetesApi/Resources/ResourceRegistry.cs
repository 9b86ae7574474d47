namespace Sandbox.KubernetesApi.Resources;

/// <summary>The resources that are served: the built-in ones, and those that CustomResourceDefinitions define.</summary>
internal sealed class ResourceRegistry(IReadOnlyList<ResourceType> builtIns)
{
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<ResourceType> _types = builtIns;

    public IReadOnlyList<ResourceType> Types => _types;

    public ResourceType? Find(string group, string version, string plural) =>
        _types.FirstOrDefault(type => type.Plural == plural && type.Group == group && type.Version == version);

    public ResourceType Get(string group, string plural) => _types.First(type => type.Group == group && type.Plural == plural);

    /// <summary>The served type that an apiVersion and a kind name.</summary>
    public ResourceType? FindKind(string apiVersion, string kind) => _types.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion);

    /// <summary>Whether the group version is one of built-in kinds, which answers for what it lacks; nobody does for custom ones.</summary>
    public bool HasBuiltIn(string group, string version) => _types.Any(type => !type.IsCustom && type.Group == group && type.Version == version);

    /// <summary>Replaces all versions of one custom resource; none removes it.</summary>
    public void Replace(string group, string plural, IReadOnlyList<ResourceType> versions)
    {
        lock (_gate)
        {
            _types = [.. _types.Where(type => !type.IsCustom || type.Group != group || type.Plural != plural), .. versions];
        }
    }
}
