using System.Text.RegularExpressions;
using UploadSessions.Planning;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Sts;

/// <summary>What each error of STS means and how to go on (AWS STS API Reference, "AssumeRole" and "Common Errors"; S3-compatible stores use some codes of their own). Errors are told apart by code, never by HTTP status alone.</summary>
public static partial class StsErrorTable
{
    private const int LongestMessage = 512;
    private const int LongestCode = 64;

    /// <summary>How messages of the AWS SDK begin to quote an answer that it did not understand, "HTTP Body:" or "Response Body:": that may be a proxy's page, which may repeat the request, or hold credentials.</summary>
    private const string QuotesBody = " Body: ";

    /// <summary>The code given to an answer that carries none.</summary>
    public const string NoCode = "StsError";

    /// <summary>The code given to a region that no call can be made to.</summary>
    public const string UnknownRegion = "UnknownRegion";

    /// <summary>The code given to a call that could not be signed: the operator has no AWS identity.</summary>
    public const string NoCredentials = "NoCredentials";

    /// <summary>The code by which STS tells that it could not fetch the keys of the cluster's issuer.</summary>
    public const string IssuerSilent = "IDPCommunicationError";

    /// <summary>Codes for which what proves the identity may simply be old: fresh credentials of the caller, or a fresh token of the ServiceAccount, are worth one more try.</summary>
    public static bool MeansStaleProof(string? code, ServiceAccountIdentity? account) =>
        code is "ExpiredToken" or "ExpiredTokenException" || (code is "InvalidIdentityToken" && account is not null);

    /// <summary>Codes by which STS asks for fewer calls.</summary>
    public static IReadOnlyList<string> ThrottlingCodes { get; } = ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException", "SlowDown"];

    /// <summary>The error in the words of the status.</summary>
    /// <param name="code">The error code; null or empty where the answer had none.</param>
    /// <param name="httpStatus">The HTTP status; 0 where there was no answer.</param>
    /// <param name="message">What STS said.</param>
    /// <param name="account">The ServiceAccount whose identity was used; null: the operator's own was.</param>
    public static IssuanceError Classify(string? code, int httpStatus, string? message, ServiceAccountIdentity? account = null)
    {
        var known = IsCode(code) ? code! : NoCode;
        var (reason, kind, hint) = Row(known, httpStatus);
        return new IssuanceError(reason, kind, known, Tell(known, message, account is null ? hint : HintFor(account, known) ?? hint));
    }

    /// <summary>No answer came, or none that can be used.</summary>
    public static IssuanceError Unavailable(string code, string message) => new(Reasons.StsUnavailable, FailureKind.Transient, code, Tell(code, message, null));

    private static (string Reason, FailureKind Kind, string? Hint) Row(string code, int httpStatus) => code switch
    {
        _ when ThrottlingCodes.Contains(code) => (Reasons.Throttled, FailureKind.Transient, null),
        "PackedPolicyTooLarge" => (Reasons.PolicyTooLarge, FailureKind.Terminal, "shorten spec.prefix, or use fewer access kinds, constraints or session tags"),
        "MalformedPolicyDocument" => (Reasons.InvalidSpec, FailureKind.Terminal, "the store does not accept the rendered session policy"),
        "InvalidParameterValue" or "InvalidArgument" => (Reasons.InvalidSpec, FailureKind.Terminal, "check spec.roleArn and that spec.duration is not above the role's maximum session duration"),
        "ValidationError" or "ValidationException" => (Reasons.InvalidSpec, FailureKind.SlowRecheck, "check spec.roleArn and that spec.duration is not above the role's maximum session duration; where the operator's own identity is a role (IRSA, Pod Identity, mostly an instance profile too) the maximum is 1h"),
        UnknownRegion => (Reasons.InvalidSpec, FailureKind.SlowRecheck, "the operator does not know this region, and sessions have named too many such: set spec.region to a region of AWS; if it is one, restart the operator"),
        "RegionDisabledException" => (Reasons.AssumeRoleDenied, FailureKind.SlowRecheck, "activate STS in that region or set spec.region to another one"),
        "AccessDenied" or "AccessDeniedException" => (Reasons.AssumeRoleDenied, FailureKind.Propagation, "the role must exist, and its trust policy must name the operator's identity, which must be allowed sts:AssumeRole on the role, sts:TagSession too where the session or its grant sets tags, and sts:SetSourceIdentity where the grant sets one; the grant's external id must be the one that the trust policy asks for; changes of IAM take a while to arrive"),
        "NoSuchEntity" => (Reasons.AssumeRoleDenied, FailureKind.Propagation, "the role does not exist"),
        "ExpiredToken" or "ExpiredTokenException" or "InvalidIdentityToken" or "IDPRejectedClaim"
            or "InvalidClientTokenId" or "UnrecognizedClientException" or "SignatureDoesNotMatch" or "IncompleteSignature" or "MissingAuthenticationToken" =>
            (Reasons.AssumeRoleDenied, FailureKind.Propagation, "the operator's own AWS credentials are not accepted"),
        NoCredentials => (Reasons.AssumeRoleDenied, FailureKind.Propagation, "give the operator an AWS identity: IRSA, Pod Identity, an instance profile, environment variables or a shared credentials file"),
        IssuerSilent or "STSNotInitialized" => (Reasons.StsUnavailable, FailureKind.Transient, null),
        _ when httpStatus is 0 or 408 or >= 500 => (Reasons.StsUnavailable, FailureKind.Transient, null),
        _ when httpStatus == 429 => (Reasons.Throttled, FailureKind.Transient, null),
        _ => (Reasons.AssumeRoleDenied, FailureKind.Propagation, null),
    };

    /// <summary>What to look at where the identity is a ServiceAccount's: the operator's own has no part in it.</summary>
    private static string? HintFor(ServiceAccountIdentity account, string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" or "IDPRejectedClaim" =>
            $"the role's trust policy must allow sts:AssumeRoleWithWebIdentity to the cluster's OIDC provider, with sub {account.Subject} and aud {account.Audience}; changes of IAM take a while to arrive",
        "InvalidIdentityToken" =>
            $"the cluster's issuer must be an OIDC provider of the role's account with {account.Audience} among its client ids, and the keys that it publishes must be those the API server signs with",
        "ExpiredToken" or "ExpiredTokenException" => "the token was new: compare the clocks of the API server and of STS",
        IssuerSilent => "STS could not fetch the keys of the cluster's issuer",
        "ValidationError" or "ValidationException" => "check spec.roleArn and that spec.duration is not above the role's maximum session duration",
        _ => null,
    };

    /// <summary>What may be the reason of a condition (Kubernetes API Conventions: CamelCase); a proxy may say anything.</summary>
    private static bool IsCode(string? code) =>
        code is { Length: > 0 and <= LongestCode } && char.IsAsciiLetter(code[0]) && char.IsAsciiLetterOrDigit(code[^1])
        && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or ',' or ':');

    /// <summary>A signature error's message repeats the signed request, and with it the caller's session token: it is never passed on.</summary>
    private static string Tell(string code, string? message, string? hint)
    {
        var said = code is "SignatureDoesNotMatch" or "IncompleteSignature" ? "STS refused the request's signature"
            : message is null || message.Contains(QuotesBody, StringComparison.Ordinal) ? ""
            : OneLine(TokenForm().Replace(message, "(token)"));
        return (said.Length, hint) switch
        {
            (0, null) => "STS gave no reason",
            (0, _) => hint!,
            (_, null) => said,
            _ => $"{said} ({hint})",
        };
    }

    /// <summary>A JSON Web Token, or the beginning of one (RFC 7519): a validation error repeats the value that it is about.</summary>
    [GeneratedRegex("eyJ[A-Za-z0-9_.-]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TokenForm();

    private static string OneLine(string message)
    {
        var printable = string.Concat(message.Select(letter => char.IsControl(letter) ? ' ' : letter));
        var line = string.Join(' ', printable.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return ShortText.Cut(line, LongestMessage);
    }
}
