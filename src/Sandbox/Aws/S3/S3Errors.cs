using Sandbox.Signing;

namespace Sandbox.Aws.S3;

/// <summary>Errors as S3 words them (Amazon S3 API Reference, "Error responses").</summary>
internal static class S3Errors
{
    public static AwsException NoSuchBucket => new(404, "NoSuchBucket", "The specified bucket does not exist");

    public static AwsException NoSuchKey => new(404, "NoSuchKey", "The specified key does not exist.");

    public static AwsException NoSuchUpload => new(404, "NoSuchUpload", "The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.");

    public static AwsException MalformedXml => new(400, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");

    public static AwsException NotImplemented => new(501, "NotImplemented", "A header or query you provided implies functionality that is not implemented.");

    public static AwsException AccessDenied(string message) => new(403, "AccessDenied", message);

    /// <summary>Words signature failures.</summary>
    public static AwsException From(SignatureException failure) => failure.Failure switch
    {
        SignatureFailure.MissingAuthentication => new(403, "AccessDenied", "Access Denied"),
        SignatureFailure.MalformedHeader => new(400, "AuthorizationHeaderMalformed", failure.Message),
        SignatureFailure.MalformedQuery => new(400, "AuthorizationQueryParametersError", failure.Message),
        SignatureFailure.UnknownKey => new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        SignatureFailure.InvalidToken => new(400, "InvalidToken", failure.Message),
        SignatureFailure.ExpiredToken => new(400, "ExpiredToken", failure.Message),
        SignatureFailure.Mismatch => new(403, "SignatureDoesNotMatch", failure.Message),
        SignatureFailure.ClockSkew => new(403, "RequestTimeTooSkewed", failure.Message),
        SignatureFailure.PresignedExpired or SignatureFailure.UnsignedHeaders => new(403, "AccessDenied", failure.Message),
        SignatureFailure.PayloadMismatch => new(400, "XAmzContentSHA256Mismatch", failure.Message),
        SignatureFailure.IncompleteBody => new(400, "IncompleteBody", failure.Message),
        _ => new(400, "InvalidRequest", failure.Message),
    };
}
