namespace Sandbox.KubernetesApi.Tokens;

/// <summary>Whom a ServiceAccount token speaks for.</summary>
internal sealed record ServiceAccountIdentity(string Namespace, string Name, string Uid)
{
    public string UserName => $"system:serviceaccount:{Namespace}:{Name}";
}
