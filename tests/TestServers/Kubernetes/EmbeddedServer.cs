using System.Security.Cryptography.X509Certificates;
using Sandbox.KubernetesApi;

namespace TestServers.Kubernetes;

/// <summary>The sandbox's own API server: it needs nothing on the machine.</summary>
public sealed class EmbeddedServer : IApiServer, IAsyncLifetime
{
    private KubernetesApiServer? _server;

    public string Name => "embedded";

    public string? Missing => null;

    public Uri Address => _server!.BaseAddress;

    public X509Certificate2 Authority { get; private set; } = null!;

    public string AdminToken => _server!.AdminToken;

    public bool EnforcesRbac => false;

    public bool CollectsGarbage => true;

    public HttpMessageHandler CreateHandler() => TrustingHandler.Of(Authority);

    public async ValueTask InitializeAsync()
    {
        _server = await KubernetesApiServer.StartAsync(new KubernetesApiOptions(), CancellationToken.None);
        Authority = X509Certificate2.CreateFromPem(_server.CertificateAuthority);
    }

    public async ValueTask DisposeAsync()
    {
        Authority?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
