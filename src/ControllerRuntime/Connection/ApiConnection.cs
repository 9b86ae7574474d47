using System.Net;
using ControllerRuntime.Telemetry;
using k8s;
using k8s.Authentication;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Connection;

/// <summary>
/// The one pooled HTTP connection to the API server: TLS that verifies the name and the private CA, the configured credentials, counted requests.
/// It retries nothing: who asks knows best.
/// </summary>
public sealed class ApiConnection : IDisposable
{
    /// <summary>How long the server may take to answer: the whole answer, or its headers where only those are awaited (a watch then goes on without limit).</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly ServiceClientCredentials? _credentials;
    private readonly TimeProvider _time;
    private readonly RuntimeMetrics _metrics;

    /// <summary>The name to verify where it is not the address's own: .NET takes it for SNI and verification from the Host header.</summary>
    private readonly string? _serverName;

    private ApiConnection(KubernetesClientConfiguration config, Uri address, TimeProvider time, RuntimeMetrics metrics, TimeSpan connectTimeout)
    {
        BaseAddress = address;
        (_time, _metrics) = (time, metrics);
        _credentials = Kubernetes.CreateCredentials(config);
        _serverName = string.IsNullOrWhiteSpace(config.TlsServerName) ? null : config.TlsServerName;
        _client = new HttpClient(TlsHandler.Create(config, connectTimeout)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The server's address; it ends in a slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Creates the connection; nothing is sent yet.</summary>
    /// <param name="config">Where and as whom, from a kubeconfig or from inside a cluster.</param>
    /// <param name="loggers">Where a connection that does not verify its server is told.</param>
    /// <param name="metrics">Where requests are counted.</param>
    /// <param name="time">The clock of the request timeout; the system's by default.</param>
    /// <param name="connectTimeout">How long a connection may take, TLS included; 10 s by default.</param>
    /// <exception cref="UriFormatException">The configured address is not one of http or https.</exception>
    /// <exception cref="IOException">The file of a client certificate or its key cannot be read.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">A client certificate or its key is none, or they do not belong together.</exception>
    public static ApiConnection Create(KubernetesClientConfiguration config, ILoggerFactory loggers, RuntimeMetrics metrics, TimeProvider? time = null, TimeSpan? connectTimeout = null)
    {
        var address = AddressOf(config);
        if (config.SkipTlsVerify) Log.ServerNotVerified(loggers.CreateLogger<ApiConnection>(), address.Host);
        return new ApiConnection(config, address, time ?? TimeProvider.System, metrics, connectTimeout ?? TimeSpan.FromSeconds(10));
    }

    /// <summary>Throws what <see cref="Create"/> would throw, before anything else is built.</summary>
    public static void Check(KubernetesClientConfiguration config)
    {
        AddressOf(config);
        TlsHandler.Create(config, Timeout.InfiniteTimeSpan).Dispose();
    }

    /// <summary>Sends a request to a path relative to <see cref="BaseAddress"/> (a leading slash does not leave the base's own path).</summary>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="HttpRequestException">The server could not be reached or trusted, or the credentials could not be obtained.</exception>
    /// <exception cref="TimeoutException">No answer within <see cref="RequestTimeout"/>, or no connection within its own, shorter time.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        Prepare(request);
        using var limit = new CancellationTokenSource(RequestTimeout, _time);
        using var caller = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), limit);
        var code = "<error>";
        try
        {
            await AuthenticateAsync(request, limit.Token);
            var response = await _client.SendAsync(request, completion, limit.Token);
            code = CodeText.Of(response.StatusCode);
            return response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A connection that takes too long ends in a cancellation, too.
            throw new TimeoutException(limit.IsCancellationRequested
                ? $"The API server did not answer within {RequestTimeout.TotalSeconds:0} s."
                : "No connection to the API server came about in time.");
        }
        finally
        {
            _metrics.RestRequests.Add(1, new("code", code), new("method", request.Method.Method), new("host", BaseAddress.Authority));
        }
    }

    /// <summary>Closes every connection, watches too.</summary>
    public void Dispose() => _client.Dispose();

    private static Uri AddressOf(KubernetesClientConfiguration config)
    {
        var address = new Uri(config.Host.EndsWith('/') ? config.Host : config.Host + "/", UriKind.Absolute);
        return address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp
            ? address
            : throw new UriFormatException($"The server's address '{config.Host}' begins neither with https:// nor with http://.");
    }

    private void Prepare(HttpRequestMessage request)
    {
        var relative = request.RequestUri?.OriginalString.TrimStart('/') ?? "";
        request.RequestUri = new Uri(BaseAddress.AbsoluteUri + relative, UriKind.Absolute);
        request.Headers.Host = _serverName;
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
    }

    private async Task AuthenticateAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_credentials is null) return;
        try
        {
            await _credentials.ProcessHttpRequestAsync(request, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // Token files and exec plugins fail in their own ways; the message of one may quote its output.
            throw new HttpRequestException($"The credentials for the API server could not be obtained ({failure.GetType().Name}).");
        }
    }
}
