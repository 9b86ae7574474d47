namespace TestServers.Kubernetes;

/// <summary>A namespace of one test's own on an API server, and the counting proxy that shows an operator no other.</summary>
public sealed class OwnNamespace : IAsyncDisposable
{
    private readonly OperatorAccount? _account;

    private OwnNamespace(ApiProxy proxy, ClusterClient cluster, string name, OperatorManifests manifests, OperatorAccount? account, string token) =>
        (Proxy, Cluster, Name, Manifests, _account, Token) = (proxy, cluster, name, manifests, account, token);

    public ApiProxy Proxy { get; }

    public ClusterClient Cluster { get; }

    public string Name { get; }

    /// <summary>What the operator was installed with.</summary>
    public OperatorManifests Manifests { get; }

    /// <summary>As whom operators run, on a server that enforces RBAC.</summary>
    public OperatorAccount Account => _account ?? throw new InvalidOperationException("this server lets everybody do everything");

    /// <summary>The bearer token of operators.</summary>
    public string Token { get; }

    /// <summary>Makes one; skips the test where the server cannot be had.</summary>
    /// <param name="server">Where.</param>
    /// <param name="install">What to install the operator with, by the name of the namespace; null: the manifest of a whole cluster.</param>
    public static async Task<OwnNamespace> CreateAsync(IApiServer server, Func<string, OperatorManifests>? install = null)
    {
        server.Require();
        var cluster = new ClusterClient(server);
        await cluster.InstallCrdsAsync();
        var name = await cluster.CreateNamespaceAsync();
        var manifests = (install ?? OperatorManifests.ClusterWide)(name);
        var account = server.EnforcesRbac ? await OperatorAccount.InstallAsync(server, cluster, manifests) : null;
        var proxy = await ApiProxy.StartAsync(server, name, TestContext.Current.CancellationToken);
        return new OwnNamespace(proxy, cluster, name, manifests, account, account?.Token ?? server.AdminToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _account?.Dispose();
        Cluster.Dispose();
    }
}
