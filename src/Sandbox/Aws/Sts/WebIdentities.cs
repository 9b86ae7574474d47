using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Sandbox.Aws.Sts;

/// <summary>Whom a web identity token speaks for.</summary>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Audience">The client id it was made for.</param>
/// <param name="Subject">Its <c>sub</c>.</param>
internal sealed record WebIdentity(string Issuer, string Audience, string Subject);

/// <summary>Checks the tokens of AssumeRoleWithWebIdentity (AWS STS API Reference, "AssumeRoleWithWebIdentity").</summary>
internal sealed class WebIdentities(IReadOnlyList<OidcProvider> providers, TimeProvider time)
{
    private readonly JsonWebTokenHandler _tokens = new();

    /// <summary>Reads and checks a token.</summary>
    /// <exception cref="AwsException">InvalidIdentityToken, ExpiredTokenException or IDPCommunicationError.</exception>
    public async Task<WebIdentity> VerifyAsync(string? text, CancellationToken cancellationToken)
    {
        var token = Parse(text);
        var provider = providers.FirstOrDefault(known => known.Issuer == token.Issuer)
            ?? throw Invalid($"No OpenIDConnect provider found in your account for {token.Issuer}");
        var checkedToken = await _tokens.ValidateTokenAsync(token, Rules(provider, await KeysAsync(provider, cancellationToken)));
        if (!checkedToken.IsValid)
            throw Refusal(checkedToken.Exception);
        return new(token.Issuer, token.Audiences.First(provider.ClientIds.Contains), token.Subject);
    }

    private TokenValidationParameters Rules(OidcProvider provider, IEnumerable<SecurityKey> keys) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudiences = provider.ClientIds,
        IssuerSigningKeys = keys,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        LifetimeValidator = (from, until, _, _) =>
            until is { } end && end > time.GetUtcNow().UtcDateTime && !(from > time.GetUtcNow().UtcDateTime.AddMinutes(5))
                ? true
                : throw new SecurityTokenExpiredException(),
    };

    private static JsonWebToken Parse(string? text)
    {
        try
        {
            return new JsonWebToken(text);
        }
        catch (ArgumentException)
        {
            throw Invalid("The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
        }
    }

    private static async Task<IEnumerable<SecurityKey>> KeysAsync(OidcProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            return new JsonWebKeySet(await provider.KeySet(cancellationToken)).GetSigningKeys();
        }
        catch (Exception exception) when (exception is HttpRequestException or ArgumentException)
        {
            throw new AwsException(400, "IDPCommunicationError", "The identity provider's keys could not be retrieved.");
        }
    }

    private static AwsException Refusal(Exception reason) => reason switch
    {
        SecurityTokenExpiredException => new(400, "ExpiredTokenException", "Token expired: the current time must be before the expiration time"),
        SecurityTokenInvalidAudienceException => Invalid("Incorrect token audience"),
        _ => Invalid("Couldn't retrieve verification key from your identity provider, or the token's signature is wrong"),
    };

    private static AwsException Invalid(string message) => new(400, "InvalidIdentityToken", message);
}
