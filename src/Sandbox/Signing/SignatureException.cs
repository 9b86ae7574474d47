namespace Sandbox.Signing;

/// <summary>Why a request's signature was not accepted. Services word each in their own error codes.</summary>
public enum SignatureFailure
{
    /// <summary>The request carries no signature.</summary>
    MissingAuthentication,

    /// <summary>The Authorization header cannot be understood.</summary>
    MalformedHeader,

    /// <summary>The X-Amz query parameters of a presigned request cannot be understood.</summary>
    MalformedQuery,

    /// <summary>No such access key.</summary>
    UnknownKey,

    /// <summary>The session token is missing, not the key's, or sent with a long-lived key.</summary>
    InvalidToken,

    /// <summary>The temporary key has expired.</summary>
    ExpiredToken,

    /// <summary>The request was not signed with the key's secret, or was changed afterwards.</summary>
    Mismatch,

    /// <summary>The signing time is too far from the server's.</summary>
    ClockSkew,

    /// <summary>A presigned request is past its X-Amz-Expires.</summary>
    PresignedExpired,

    /// <summary>A header that must be signed was not.</summary>
    UnsignedHeaders,

    /// <summary>The service wants x-amz-content-sha256 and the request has none.</summary>
    MissingPayloadHash,

    /// <summary>The body is not the one that x-amz-content-sha256 speaks of.</summary>
    PayloadMismatch,

    /// <summary>x-amz-content-sha256 is neither a hash nor a kind known here.</summary>
    UnknownPayloadKind,

    /// <summary>A chunked body is cut short or not framed as it should be.</summary>
    IncompleteBody,
}

/// <summary>A request whose signature was not accepted. The message holds no secret.</summary>
public sealed class SignatureException(SignatureFailure failure, string message) : Exception(message)
{
    /// <summary>The kind of failure.</summary>
    public SignatureFailure Failure { get; } = failure;
}
