namespace Sandbox.Aws;

/// <summary>An OpenID Connect provider that the account trusts (IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM").</summary>
public sealed record OidcProvider
{
    /// <summary>The issuer that tokens name in <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>The client ids of the provider: one of them has to be the audience of a token.</summary>
    public IReadOnlyList<string> ClientIds { get; init; } = ["sts.amazonaws.com"];

    /// <summary>Gets the issuer's keys, a JSON Web Key Set (RFC 7517), at every call: AWS finds them through the issuer's discovery document.</summary>
    public required Func<CancellationToken, Task<string>> KeySet { get; init; }
}
