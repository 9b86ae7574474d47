using System.Net;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>The roles of namespaced.yaml allow what the operator does in the namespaces it serves, and nothing else and nowhere else.</summary>
public sealed class EnvtestNamespacedTests(EnvtestServer server)
{
    [Fact]
    public async Task Every_right_that_is_granted_is_used_where_it_is_granted_and_a_namespace_that_is_not_served_is_left_alone()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var other = await scene.Cluster.CreateNamespaceAsync();
        await scene.Cluster.CreateGrantAsync(scene.Namespace, NamespacedScene.GrantTo(scene, scene.Namespace, other));
        await scene.Cluster.CreateSessionAsync(other, "export", Scene.Spec());
        var leader = NamespacedScene.StartOperator(scene, [.. scene.Manifests.Arguments.Skip(1)]);
        await EveryRight.UseAsync(scene);
        (await leader.StopAsync()).ShouldBe(0);

        scene.Proxy.Requests.ShouldAllBe(request => request.Status != (int)HttpStatusCode.Forbidden);
        scene.Proxy.Requests.ShouldAllBe(request => !request.Path.Contains(other));
        EveryRight.Used(scene).Select(Text).Order().ShouldBe(scene.Manifests.Granted.Select(Text).Order());
        (await scene.Cluster.SecretAsync(other, "export")).ShouldBeNull();
        var left = await scene.Cluster.SessionAsync(other, "export");
        left!["status"]?["conditions"].ShouldBeNull();
    }

    [Fact]
    public async Task The_API_server_refuses_its_token_everything_else()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var (home, other) = (scene.Manifests.Home, await scene.Cluster.CreateNamespaceAsync());
        const string Sessions = "/apis/uploadsession.io/v1alpha1";
        const string Leases = "/apis/coordination.k8s.io/v1";
        string[] allowed =
        [
            $"/api/v1/namespaces/{scene.Namespace}/secrets", $"{Sessions}/namespaces/{scene.Namespace}/uploadsessions", $"{Sessions}/uploadgrants",
        ];
        string[] refused =
        [
            "/api/v1/secrets", $"/api/v1/namespaces/{other}/secrets", $"/api/v1/namespaces/{other}/secrets/export", $"/api/v1/namespaces/{home}/secrets",
            $"{Sessions}/uploadsessions", $"{Sessions}/namespaces/{other}/uploadsessions", $"{Sessions}/namespaces/{home}/uploadsessions", $"{Sessions}/uploadgrants/any",
            "/api/v1/namespaces", $"/api/v1/namespaces/{scene.Namespace}", $"{Leases}/namespaces/{home}/leases", $"{Leases}/namespaces/{home}/leases/anothers",
        ];

        foreach (var path in allowed)
            (await scene.Account.GetAsync(path)).ShouldBe(HttpStatusCode.OK, path);
        foreach (var path in refused)
            (await scene.Account.GetAsync(path)).ShouldBe(HttpStatusCode.Forbidden, path);
        (await scene.Account.AllowedAsync(Imaginable([scene.Namespace, home, other]))).Select(Text).Order()
            .ShouldBe(scene.Manifests.Granted.Where(granted => !IsOfTheLeaseAlone(granted)).Select(Text).Order());
    }

    /// <summary>What an operator of any kind might want, in these namespaces and in the whole cluster.</summary>
    private static IEnumerable<Permission> Imaginable(IReadOnlyList<string> namespaces)
    {
        string[] verbs = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
        (string Group, string Resource)[] namespaced =
        [
            ("", "secrets"), ("", "configmaps"), ("", "pods"), ("", "serviceaccounts"), ("", "serviceaccounts/token"), ("", "events"), ("events.k8s.io", "events"),
            ("coordination.k8s.io", "leases"), ("rbac.authorization.k8s.io", "roles"), ("rbac.authorization.k8s.io", "rolebindings"),
            ("uploadsession.io", "uploadsessions"), ("uploadsession.io", "uploadsessions/status"), ("uploadsession.io", "uploadsessions/finalizers"),
        ];
        (string Group, string Resource)[] clusterScoped =
        [
            ("", "namespaces"), ("uploadsession.io", "uploadgrants"), ("rbac.authorization.k8s.io", "clusterroles"), ("rbac.authorization.k8s.io", "clusterrolebindings"),
        ];
        return from verb in verbs
               from kind in clusterScoped.Concat(namespaced).Select(kind => (kind, Ns: "")).Concat(from ns in namespaces from kind in namespaced select (kind, Ns: ns))
               select new Permission(verb, kind.kind.Group, kind.kind.Resource, kind.Ns);
    }

    /// <summary>A right to objects of one name is none where any name is asked for.</summary>
    private static bool IsOfTheLeaseAlone(Permission granted) => granted is { Resource: "leases", Verb: not "create" };

    private static string Text(Permission permission) => permission.ToString();
}
