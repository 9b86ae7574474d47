using Amazon.Runtime;

namespace EndToEnd.Tests.Running;

/// <summary>Gives every request a connection of its own. This gateway answers a refused upload without reading its body, which it then takes for the connection's next request: that fails with 400, whoever's it is.</summary>
public sealed class FreshConnections : HttpClientFactory, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });

    /// <inheritdoc/>
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => _client;

    /// <inheritdoc/>
    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
