using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;
using Sandbox.KubernetesApi.Watching;

namespace Sandbox.KubernetesApi.CustomResources;

/// <summary>Serves what the stored CustomResourceDefinitions define, from the moment they are stored.</summary>
internal sealed class DefinitionInstaller(ResourceRegistry registry, ObjectStore store)
{
    /// <summary>Takes notice of a change: called under the store's lock.</summary>
    /// <returns>The resource that is served no longer, or null.</returns>
    public ResourceType? Note(string resource, WatchEvent change)
    {
        if (resource != DefinitionRules.Plural)
        {
            return null;
        }

        var definition = change.Object.Read();
        var (group, plural) = (definition.Child("spec").Text("group")!, definition.Child("spec").Child("names").Text("plural")!);
        if (change.Kind != WatchEventKind.Deleted)
        {
            Install(group, plural, DefinitionReader.Read(definition), isNew: change.Kind == WatchEventKind.Added);
            return null;
        }

        var gone = registry.Types.FirstOrDefault(type => type.IsCustom && type.Group == group && type.Plural == plural);
        registry.Replace(group, plural, []);
        return gone;
    }

    private void Install(string group, string plural, IReadOnlyList<ResourceType> versions, bool isNew)
    {
        if (isNew && versions.Count > 0)
        {
            store.BeginHistory(versions[0].StorageName);
        }

        registry.Replace(group, plural, versions);
    }
}
