using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TestServers.Kubernetes;

/// <summary>Connects to servers of one authority only, none of the machine's.</summary>
public static class TrustingHandler
{
    public static SocketsHttpHandler Of(X509Certificate2 authority) => new()
    {
        SslOptions = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };
}
