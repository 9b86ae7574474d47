using ControllerRuntime.Connection;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Asks the API server for tokens of ServiceAccounts that let sessions use their identity. A token is asked for each call of STS and kept nowhere.</summary>
public sealed class ServiceAccountTokens(ApiRequests requests)
{
    /// <summary>Code: there is no such ServiceAccount.</summary>
    public const string NotFound = "ServiceAccountNotFound";

    /// <summary>Code: its owner has not opted in.</summary>
    public const string NotAllowed = "ServiceAccountNotAllowed";

    /// <summary>Code: the operator lacks the right to read it or to make tokens of it.</summary>
    public const string Forbidden = "ServiceAccountForbidden";

    /// <summary>Code: the API server makes no such token.</summary>
    public const string Refused = "TokenRequestRefused";

    /// <summary>A token for the ServiceAccount's audience, or why there is none.</summary>
    /// <exception cref="ApiException">The API server fails; it is to be asked again.</exception>
    public async Task<TokenOutcome> RequestAsync(ServiceAccountIdentity account, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/namespaces/{account.Namespace}/serviceaccounts/{account.Name}";
        var name = $"the ServiceAccount {account.Namespace}/{account.Name}";
        try
        {
            var found = await requests.GetAsync(path, ApiRequests.PartialMetadata, ResourceJson.Default.ServiceAccountMetadata, cancellationToken);
            if (found is null)
                return Error(NotFound, $"{name} does not exist: create it, or change spec.serviceAccountName");
            if (!found.AllowsSessions)
                return Error(NotAllowed, $"{name} does not let sessions use its identity: set its annotation {Annotations.Allow} to \"true\"");
            return await CreateAsync(path, account.Audience, cancellationToken) is { Length: > 0 } token
                ? new(new WebIdentityToken(token), null)
                : Error(Refused, $"the API server answered without a token for {name}");
        }
        catch (ApiException refused) when (MissingRight.Of(refused) is not null)
        {
            return Error(Forbidden, $"the operator may not get {name}, or not create tokens of it: give it the rights of docs/install/service-accounts.yaml in this namespace");
        }
        catch (ApiException refused) when (refused.StatusCode is 400 or 403 or 404 or 405 or 422)
        {
            return Error(Refused, $"the API server made no token for {name}: {refused.Message}");
        }
    }

    private async Task<string?> CreateAsync(string path, string audience, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/token") { Content = ApiRequests.Body(TokenRequest.Body(audience), ApiRequests.JsonType) };
        using var response = await requests.SendAsync(request, ApiRequests.JsonType, cancellationToken);
        await ApiRequests.EnsureAsync(response, cancellationToken);
        return (await ApiRequests.ReadAsync(response, TokenRequestJson.Default.TokenRequest, cancellationToken)).Status?.Token;
    }

    /// <summary>People mend all of these outside the session: look again from time to time, as for a role that IAM has not spread yet.</summary>
    private static TokenOutcome Error(string code, string message) =>
        new(null, new IssuanceError(Reasons.AssumeRoleDenied, FailureKind.Propagation, code, message));
}

/// <summary>A ServiceAccount's token for STS. Prints as redacted.</summary>
public sealed class WebIdentityToken(string value)
{
    /// <summary>The token. Secret: it proves the identity until it expires.</summary>
    public string Value => value;

    /// <summary>Nothing of the token.</summary>
    public override string ToString() => "WebIdentityToken { redacted }";
}

/// <summary>What came of a request for a token: one of the two is set.</summary>
/// <param name="Token">The token, if there is one.</param>
/// <param name="Error">The error, if not.</param>
public readonly record struct TokenOutcome(WebIdentityToken? Token, IssuanceError? Error);
