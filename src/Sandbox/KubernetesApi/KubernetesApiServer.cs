using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Tokens;

namespace Sandbox.KubernetesApi;

/// <summary>
/// A Kubernetes API in this process, for people and tests, never for production: real HTTP on loopback, everything in memory,
/// a random administrator's token at each start. kubectl and controllers work against it; there are no nodes, no pods, and no
/// authorization. CEL rules of CustomResourceDefinitions are stored and not evaluated, as on Kubernetes before 1.25.
/// </summary>
public sealed class KubernetesApiServer : IAsyncDisposable
{
    private const long MaxBodyBytes = 3 * 1024 * 1024;

    private readonly KubernetesApiOptions _options;
    private readonly ServerCertificate? _certificate;
    private readonly Cluster _cluster;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _housekeeping;
    private WebApplication? _host;
    private int _port;

    private KubernetesApiServer(KubernetesApiOptions options)
    {
        _options = options;
        _port = options.Port;
        _certificate = options.Tls ? new() : null;
        _cluster = new(options);
        _housekeeping = _cluster.KeepHouseAsync(_closing.Token);
    }

    /// <summary>Where the API listens.</summary>
    public Uri BaseAddress => new($"{(_options.Tls ? "https" : "http")}://127.0.0.1:{_port}");

    /// <summary>A kubeconfig of the administrator, as YAML text with everything embedded.</summary>
    public string AdminKubeconfig => Kubeconfig.Write(BaseAddress, CertificateAuthority, "admin", AdminToken, "default");

    /// <summary>The administrator's bearer token.</summary>
    public string AdminToken => _cluster.Authenticator.AdminToken;

    /// <summary>The certificate authority to trust, in PEM; null without TLS.</summary>
    public string? CertificateAuthority => _certificate?.AuthorityPem;

    /// <summary>The public keys of ServiceAccount tokens, as a JSON Web Key Set.</summary>
    public string ServiceAccountKeySet => _cluster.Issuer.KeySet.ToJsonString();

    /// <summary>The issuer of ServiceAccount tokens.</summary>
    public string ServiceAccountIssuer => TokenIssuer.Issuer;

    /// <summary>Every request so far.</summary>
    public RequestLog Requests { get; } = new();

    /// <summary>Faults to order.</summary>
    public FaultPlan Faults => _cluster.Faults;

    /// <summary>Starts a server.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<KubernetesApiServer> StartAsync(KubernetesApiOptions options, CancellationToken cancellationToken)
    {
        var server = new KubernetesApiServer(options);
        try
        {
            await server.ListenAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A kubeconfig with a token of a ServiceAccount, which is made where it is missing. The token lives for a year.</summary>
    /// <exception cref="ArgumentException">There is no such namespace.</exception>
    public string KubeconfigFor(string ns, string serviceAccount) =>
        Kubeconfig.Write(BaseAddress, CertificateAuthority, serviceAccount, _cluster.TokenFor(ns, serviceAccount), ns);

    /// <summary>Stops listening: connections, watches too, are closed. What is stored stays.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_host is { } host)
        {
            _host = null;
            _cluster.EndWatches();
            await host.StopAsync(cancellationToken);
            await host.DisposeAsync();
        }
    }

    /// <summary>Stops, if need be, and listens again on the same port with what is stored.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync(cancellationToken);
        await ListenAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var hurry = new CancellationTokenSource(TimeSpan.Zero);
        await StopAsync(hurry.Token);
        await _closing.CancelAsync();
        await _housekeeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closing.Dispose();
        _cluster.Dispose();
        _certificate?.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Listen(IPAddress.Loopback, _port, Configure);
        });
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        var host = builder.Build();
        ApiPipeline pipeline = _cluster.CreatePipeline(Requests);
        host.Run(pipeline.HandleAsync);
        await host.StartAsync(cancellationToken);
        _host = host;
        _port = new Uri(host.Urls.First()).Port;
    }

    private void Configure(ListenOptions listen)
    {
        if (_certificate is not null)
        {
            listen.UseHttps(_certificate.Certificate);
        }
    }
}
