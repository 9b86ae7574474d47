using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;

namespace ControllerRuntime.Connection;

/// <summary>
/// Builds the HTTP handler of a kubeconfig. The handler of KubernetesClient is not used: with a private CA, which every cluster has,
/// it accepts a certificate made out to any name.
/// </summary>
internal static class TlsHandler
{
    public static SocketsHttpHandler Create(KubernetesClientConfiguration config, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            ConnectTimeout = connectTimeout,
        };
        Trust(handler.SslOptions, config);
        if (ClientCertificate(config) is { } certificate) handler.SslOptions.ClientCertificateContext = certificate;
        return handler;
    }

    /// <summary>The platform checks name, dates and purpose; only what counts as a root is ours.</summary>
    private static void Trust(SslClientAuthenticationOptions options, KubernetesClientConfiguration config)
    {
        if (config.SkipTlsVerify)
        {
#pragma warning disable CA5359 // The kubeconfig says insecure-skip-tls-verify: the user's own decision, told in the log.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (config.SslCaCerts is { } roots)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.AddRange(roots);
            options.CertificateChainPolicy = policy;
        }
    }

    private static SslStreamCertificateContext? ClientCertificate(KubernetesClientConfiguration config)
    {
        var certificate = PemOf(config.ClientCertificateData, config.ClientCertificateFilePath);
        var key = PemOf(config.ClientCertificateKeyData, config.ClientKeyFilePath);
        if (certificate is null || key is null) return null;
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), chain, offline: true);
    }

    private static string? PemOf(string? base64, string? path) =>
        !string.IsNullOrWhiteSpace(path) ? File.ReadAllText(path)
        : !string.IsNullOrWhiteSpace(base64) ? Encoding.UTF8.GetString(Convert.FromBase64String(base64))
        : null;
}
