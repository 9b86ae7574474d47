using System.Text;

namespace TestServers.Kubernetes;

/// <summary>Writes kubeconfig files.</summary>
public static class Kubeconfig
{
    /// <param name="address">The server.</param>
    /// <param name="token">The bearer token to send.</param>
    /// <param name="certificateAuthority">What signed the server's certificate, in PEM; null where there is no TLS.</param>
    /// <param name="ns">The namespace of commands that name none.</param>
    public static string Text(Uri address, string token, string? certificateAuthority = null, string ns = "default") => Write(address, $"token: {token}", Trust(certificateAuthority), ns);

    /// <summary>With a credential plugin, as those of managed clusters have one (Kubernetes documentation, "Authenticating": client-go credential plugins).</summary>
    /// <param name="address">The server, without TLS.</param>
    /// <param name="plugin">The shell script that prints an ExecCredential.</param>
    public static string WithPlugin(Uri address, string plugin) =>
        Write(address, $"exec: {{ apiVersion: client.authentication.k8s.io/v1, command: sh, args: [{plugin}], interactiveMode: Never }}", "", "default");

    private static string Write(Uri address, string user, string trust, string ns) => $$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: { server: "{{address}}"{{trust}} } }]
        users: [{name: u, user: { {{user}} } }]
        contexts: [{name: x, context: { cluster: c, user: u, namespace: {{ns}} } }]
        current-context: x
        """;

    private static string Trust(string? certificateAuthority) => certificateAuthority is null
        ? ""
        : $", certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(certificateAuthority))}";
}
