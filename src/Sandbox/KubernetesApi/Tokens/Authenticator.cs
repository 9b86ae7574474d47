using System.Security.Cryptography;
using System.Text;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Tokens;

/// <summary>Finds the user behind a bearer token: the administrator's random one, or a ServiceAccount's.</summary>
internal sealed class Authenticator(TokenIssuer issuer, ObjectStore store)
{
    private const string Scheme = "Bearer ";
    private const int TokenBytes = 32;

    public string AdminToken { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>The user's name, or null for no valid token.</summary>
    public string? Authenticate(string authorization)
    {
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = authorization[Scheme.Length..].Trim();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(AdminToken))
            ? "system:admin"
            : AuthenticateServiceAccount(token);
    }

    /// <summary>The token's ServiceAccount has to exist still, with the same uid, and the token be meant for this API.</summary>
    private string? AuthenticateServiceAccount(string token)
    {
        var claims = issuer.Check(token);
        if (claims.Child("kubernetes.io") is not { } bound || !claims.List("aud").Texts().Contains(TokenIssuer.Issuer))
        {
            return null;
        }

        var account = bound.Child("serviceaccount");
        var stored = store.Find("serviceaccounts", new(bound.Text("namespace") ?? "", account.Text("name") ?? ""));
        return stored is not null && stored.Uid == account.Text("uid") ? claims.Text("sub") : null;
    }
}
