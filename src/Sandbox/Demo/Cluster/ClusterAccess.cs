using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sandbox.Demo.Cluster;

/// <summary>How to reach the API server as its administrator. Prints as redacted.</summary>
/// <param name="Server">Where it is.</param>
/// <param name="Token">The administrator's token; a secret.</param>
/// <param name="CertificateAuthority">The authority of the server's certificate, PEM; null for plain HTTP.</param>
internal sealed record ClusterAccess(Uri Server, string Token, string? CertificateAuthority)
{
    /// <summary>A client that trusts that authority and no other.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false };
        if (CertificateAuthority is not null)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(CertificateAuthority);
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        }

        var client = new HttpClient(handler) { BaseAddress = Server };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        return client;
    }

    /// <summary>Names the server, never the token.</summary>
    public override string ToString() => $"ClusterAccess {{ Server = {Server}, token redacted }}";
}
