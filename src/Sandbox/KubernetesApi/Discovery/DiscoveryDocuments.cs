using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>What is served (Kubernetes documentation, "The Kubernetes API", discovery): groups, versions, resources.</summary>
internal sealed class DiscoveryDocuments(ResourceRegistry registry)
{
    /// <summary>/api: the versions of the core group.</summary>
    public static JsonObject CoreVersions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new JsonArray("v1"),
        ["serverAddressByClientCIDRs"] = new JsonArray(new JsonObject { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address }),
    };

    /// <summary>/apis: the other groups.</summary>
    public JsonObject Groups() => new()
    {
        ["kind"] = "APIGroupList",
        ["apiVersion"] = "v1",
        ["groups"] = new JsonArray([.. GroupVersions().Where(group => group.Key.Length > 0).Select(group => Group(group.Key, [.. group]))]),
    };

    /// <summary>/apis/GROUP, or null for an unknown one.</summary>
    public JsonObject? Group(string name)
    {
        if (GroupVersions().FirstOrDefault(group => group.Key == name) is not { } found)
        {
            return null;
        }

        var group = Group(name, [.. found]);
        (group["kind"], group["apiVersion"]) = ("APIGroup", "v1");
        return group;
    }

    /// <summary>/api/v1 and /apis/GROUP/VERSION, or null for an unknown one.</summary>
    public JsonObject? Resources(string group, string version)
    {
        var entries = registry.Types.Where(type => type.Group == group && type.Version == version).SelectMany(Entries)
            .Concat(VirtualResources.All.Where(resource => resource.Group == group && resource.Version == version).Select(resource => resource.Entry()))
            .OrderBy(entry => entry.Text("name"), StringComparer.Ordinal).ToList();
        return entries.Count == 0 ? null : new()
        {
            ["kind"] = "APIResourceList",
            ["apiVersion"] = "v1",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = new JsonArray([.. entries]),
        };
    }

    private IEnumerable<IGrouping<string, string>> GroupVersions() =>
        registry.Types.Select(type => (type.Group, type.Version)).Concat(VirtualResources.All.Select(resource => (resource.Group, resource.Version)))
            .Distinct().GroupBy(pair => pair.Group, pair => pair.Version);

    private static JsonObject Group(string name, IReadOnlyList<string> versions) => new()
    {
        ["name"] = name,
        ["versions"] = new JsonArray([.. versions.Select(version => Version(name, version))]),
        ["preferredVersion"] = Version(name, versions[0]),
    };

    private static JsonObject Version(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static IEnumerable<JsonObject> Entries(ResourceType type)
    {
        var entry = Entry(type.Plural, type, type.Kind, ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]);
        entry["singularName"] = type.Singular;
        if (type.ShortNames.Count > 0)
        {
            entry["shortNames"] = type.ShortNames.ToJsonArray();
        }

        if (type.Categories.Count > 0)
        {
            entry["categories"] = type.Categories.ToJsonArray();
        }

        yield return entry;
        if (type.HasStatus)
        {
            yield return Entry(type.Plural + "/status", type, type.Kind, ["get", "patch", "update"]);
        }

        if (type is { Group: "", Plural: "serviceaccounts" })
        {
            var token = Entry("serviceaccounts/token", type, "TokenRequest", ["create"]);
            (token["group"], token["version"]) = ("authentication.k8s.io", "v1");
            yield return token;
        }
    }

    private static JsonObject Entry(string name, ResourceType type, string kind, IReadOnlyList<string> verbs) => new()
    {
        ["name"] = name,
        ["singularName"] = "",
        ["namespaced"] = type.Namespaced,
        ["kind"] = kind,
        ["verbs"] = verbs.ToJsonArray(),
    };
}
