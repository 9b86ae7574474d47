namespace Operator.Tests.Conformance;

/// <summary>
/// What the operator and kubectl rely on, as plain exchanges that every API server has to answer alike: the embedded one is
/// held to the real one. Each test has a namespace of its own. Asserted is what all versions since 1.20 share: no CEL, no
/// field validation by the server, no OpenAPI v3, no wording that changed between them.
/// </summary>
public abstract class ConformanceTests(IApiServer server) : IAsyncLifetime
{
    private ApiClient? _api;

    protected IApiServer Server => server;

    protected ApiClient Api => _api!;

    public virtual async ValueTask InitializeAsync()
    {
        server.Require();
        using (var cluster = new ClusterClient(server))
            await cluster.InstallCrdsAsync();
        _api = await ApiClient.InNewNamespaceAsync(server);
    }

    public virtual ValueTask DisposeAsync()
    {
        _api?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
