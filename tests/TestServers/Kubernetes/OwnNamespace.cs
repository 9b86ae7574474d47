namespace TestServers.Kubernetes;

/// <summary>A namespace of one test's own on an API server, and the counting proxy that shows an operator no other.</summary>
public sealed class OwnNamespace : IAsyncDisposable
{
    private OwnNamespace(ApiProxy proxy, ClusterClient cluster, string name, string token) =>
        (Proxy, Cluster, Name, Token) = (proxy, cluster, name, token);

    public ApiProxy Proxy { get; }

    public ClusterClient Cluster { get; }

    public string Name { get; }

    /// <summary>The bearer token of operators.</summary>
    public string Token { get; }

    /// <summary>Makes one; skips the test where the server cannot be had.</summary>
    public static async Task<OwnNamespace> CreateAsync(IApiServer server)
    {
        server.Require();
        var cluster = new ClusterClient(server);
        await cluster.InstallCrdsAsync();
        var name = $"t-{Guid.NewGuid():N}"[..14];
        await cluster.CreateNamespaceAsync(name);
        var token = server.EnforcesRbac ? await cluster.InstallOperatorAsync(electionNamespace: name) : server.AdminToken;
        return new OwnNamespace(await ApiProxy.StartAsync(server, name, TestContext.Current.CancellationToken), cluster, name, token);
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        Cluster.Dispose();
    }
}
