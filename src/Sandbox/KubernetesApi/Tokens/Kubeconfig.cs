using System.Text;

namespace Sandbox.KubernetesApi.Tokens;

/// <summary>Kubeconfig texts (Kubernetes documentation, "Organizing Cluster Access Using kubeconfig Files").</summary>
internal static class Kubeconfig
{
    public static string Write(Uri server, string? authorityPem, string user, string token, string ns)
    {
        var authority = authorityPem is null ? "" : $", certificate-authority-data: {Convert.ToBase64String(Encoding.ASCII.GetBytes(authorityPem))}";
        return $$"""
            apiVersion: v1
            kind: Config
            current-context: sandbox
            clusters:
            - name: sandbox
              cluster: { server: "{{server.AbsoluteUri.TrimEnd('/')}}"{{authority}} }
            users:
            - name: {{user}}
              user:
                token: {{token}}
            contexts:
            - name: sandbox
              context:
                cluster: sandbox
                user: {{user}}
                namespace: {{ns}}

            """;
    }
}
