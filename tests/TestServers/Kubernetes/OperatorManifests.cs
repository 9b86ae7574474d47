using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>
/// A manifest of docs/install as one test applies it: with namespaces of its own, and with cluster-wide roles that are named
/// after the operator's namespace, so that tests on one server do not give each other rights. All else is as users have it.
/// </summary>
public sealed class OperatorManifests
{
    private const string OperatorNamespace = "upload-sessions";
    private const string ServedNamespace = "team-a";

    private readonly IReadOnlyList<JsonNode> _all;

    private OperatorManifests(string file, string home, string served)
    {
        Home = home;
        var namespaces = new Dictionary<string, string> { [OperatorNamespace] = home, [ServedNamespace] = served };
        _all = [.. Read(file).Select(manifest => Moved(manifest, namespaces, home))];
    }

    /// <summary>The operator's own namespace, which has its lease.</summary>
    public string Home { get; }

    /// <summary>Everything that gives the operator its identity and its rights, in the order of the file.</summary>
    public IEnumerable<JsonNode> Identity => _all.Where(manifest => Kind(manifest) != "Deployment");

    public string ServiceAccount => _all.Single(manifest => Kind(manifest) == "ServiceAccount")["metadata"]!["name"]!.GetValue<string>();

    /// <summary>What the Deployment's container is started with.</summary>
    public IEnumerable<string> Arguments => Texts(ContainerOf(_all.Single(manifest => Kind(manifest) == "Deployment")), "args");

    /// <summary>All that the roles allow, and where.</summary>
    public IEnumerable<Permission> Granted => _all.Where(manifest => Kind(manifest) is "Role" or "ClusterRole").SelectMany(GrantedBy);

    /// <summary>All that a Role or ClusterRole allows, and where.</summary>
    public static IEnumerable<Permission> GrantedBy(JsonNode role) =>
        from rule in role["rules"]!.AsArray()
        from verb in Texts(rule!, "verbs")
        from @group in Texts(rule!, "apiGroups")
        from resource in Texts(rule!, "resources")
        select new Permission(verb, @group, resource, role["metadata"]!["namespace"]?.GetValue<string>() ?? "");

    /// <summary>The operator of a whole cluster.</summary>
    public static OperatorManifests ClusterWide(string home) => new("operator.yaml", home, served: ServedNamespace);

    /// <summary>The operator of one namespace.</summary>
    public static OperatorManifests Namespaced(string home, string served) => new("namespaced.yaml", home, served);

    /// <summary>What lets the operator use the ServiceAccount <c>exporter</c> of a namespace.</summary>
    public static OperatorManifests ServiceAccounts(string home, string served) => new("service-accounts.yaml", home, served);

    /// <summary>A file of docs/install as it stands.</summary>
    public static IReadOnlyList<JsonNode> Read(string file) => YamlText.ParseAll(File.ReadAllText(Path.Combine(Repository.Root, "docs", "install", file)));

    /// <summary>What is in that namespace.</summary>
    public IEnumerable<JsonNode> In(string ns) => Identity.Where(manifest => manifest["metadata"]!["namespace"]?.GetValue<string>() == ns);

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

    public static string Kind(JsonNode manifest) => manifest["kind"]!.GetValue<string>();

    /// <summary>The container of a Deployment.</summary>
    public static JsonNode ContainerOf(JsonNode deployment) => deployment["spec"]!["template"]!["spec"]!["containers"]![0]!;

    private static JsonNode Moved(JsonNode manifest, Dictionary<string, string> namespaces, string home)
    {
        var metadata = manifest["metadata"]!;
        Rename(metadata, "namespace", name => namespaces[name]);
        if (Kind(manifest) == "Namespace")
            Rename(metadata, "name", name => namespaces[name]);
        if (Kind(manifest) is "ClusterRole" or "ClusterRoleBinding")
            Rename(metadata, "name", name => $"{name}-{home}");
        if (manifest["roleRef"] is { } role && Kind(role) == "ClusterRole")
            Rename(role, "name", name => $"{name}-{home}");
        foreach (var subject in manifest["subjects"]?.AsArray() ?? [])
            Rename(subject!, "namespace", name => namespaces[name]);
        if (Kind(manifest) == "Deployment")
            ContainerOf(manifest)["args"] = new JsonArray([.. Texts(ContainerOf(manifest), "args").Select(text => text.Replace(ServedNamespace, namespaces[ServedNamespace]))]);
        return manifest;
    }

    private static void Rename(JsonNode node, string key, Func<string, string> renamed)
    {
        if (node[key] is { } name)
            node[key] = renamed(name.GetValue<string>());
    }

    private static IEnumerable<string> Texts(JsonNode node, string key) => node[key]!.AsArray().Select(text => text!.GetValue<string>());
}
