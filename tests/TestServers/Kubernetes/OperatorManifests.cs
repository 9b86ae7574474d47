using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>One thing a role allows: a verb on a resource of an API group.</summary>
public sealed record Permission(string Verb, string Group, string Resource)
{
    public override string ToString() => $"{Verb} {Resource}{(Group.Length == 0 ? "" : "." + Group)}";
}

/// <summary>The manifests that users apply: the operator's namespace, ServiceAccount, roles and bindings.</summary>
public static class OperatorManifests
{
    public const string Namespace = "upload-sessions";
    public const string ServiceAccount = "upload-session-operator";

    private static readonly IReadOnlyList<JsonNode> All = YamlText.ParseAll(File.ReadAllText(Path.Combine(Repository.Root, "docs", "install", "operator.yaml")));

    /// <summary>Everything that gives the operator its identity and its rights, in the order of the file.</summary>
    public static IEnumerable<JsonNode> Identity => All.Where(manifest => Kind(manifest) != "Deployment");

    /// <summary>What the operator may do in the namespace of its lease, for another namespace: so tests elect leaders side by side.</summary>
    public static IEnumerable<JsonNode> ElectionIn(string ns) => All.Where(manifest => Kind(manifest) is "Role" or "RoleBinding").Select(manifest =>
    {
        var moved = manifest.DeepClone();
        moved["metadata"]!["namespace"] = ns;
        return moved;
    });

    /// <summary>What the operator may do with the ServiceAccount <c>exporter</c> of a namespace.</summary>
    public static IEnumerable<JsonNode> ServiceAccountRightsIn(string ns)
    {
        foreach (var manifest in YamlText.ParseAll(File.ReadAllText(Path.Combine(Repository.Root, "docs", "install", "service-accounts.yaml"))))
        {
            manifest["metadata"]!["namespace"] = ns;
            yield return manifest;
        }
    }

    /// <summary>All that the roles allow.</summary>
    public static IEnumerable<Permission> Granted() =>
        from role in All
        where Kind(role) is "Role" or "ClusterRole"
        from rule in role["rules"]!.AsArray()
        from verb in Texts(rule!, "verbs")
        from @group in Texts(rule!, "apiGroups")
        from resource in Texts(rule!, "resources")
        select new Permission(verb, @group, resource);

    /// <summary>Where the API server keeps an object.</summary>
    public static string PathOf(JsonNode manifest)
    {
        var (api, plural, isNamespaced) = Kind(manifest) switch
        {
            "Namespace" => ("/api/v1", "namespaces", false),
            "ServiceAccount" => ("/api/v1", "serviceaccounts", true),
            "ClusterRole" => ("/apis/rbac.authorization.k8s.io/v1", "clusterroles", false),
            "ClusterRoleBinding" => ("/apis/rbac.authorization.k8s.io/v1", "clusterrolebindings", false),
            "Role" => ("/apis/rbac.authorization.k8s.io/v1", "roles", true),
            "RoleBinding" => ("/apis/rbac.authorization.k8s.io/v1", "rolebindings", true),
            var other => throw new NotSupportedException($"docs/install has a {other}: say here where it belongs"),
        };
        var metadata = manifest["metadata"]!;
        return $"{api}{(isNamespaced ? $"/namespaces/{metadata["namespace"]}" : "")}/{plural}/{metadata["name"]}";
    }

    private static string Kind(JsonNode manifest) => manifest["kind"]!.GetValue<string>();

    private static IEnumerable<string> Texts(JsonNode rule, string key) => rule[key]!.AsArray().Select(text => text!.GetValue<string>());
}
