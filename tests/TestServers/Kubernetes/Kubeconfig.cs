using System.Text;

namespace TestServers.Kubernetes;

/// <summary>Writes kubeconfig files.</summary>
public static class Kubeconfig
{
    /// <param name="address">The server.</param>
    /// <param name="token">The bearer token to send.</param>
    /// <param name="certificateAuthority">What signed the server's certificate, in PEM; null where there is no TLS.</param>
    /// <param name="ns">The namespace of commands that name none.</param>
    public static string Text(Uri address, string token, string? certificateAuthority = null, string ns = "default") => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: { server: "{{address}}"{{Trust(certificateAuthority)}} } }]
        users: [{name: u, user: { token: {{token}} } }]
        contexts: [{name: x, context: { cluster: c, user: u, namespace: {{ns}} } }]
        current-context: x
        """;

    private static string Trust(string? certificateAuthority) => certificateAuthority is null
        ? ""
        : $", certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificateAuthority))}";
}
