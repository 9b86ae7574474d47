using Sandbox.Signing;

namespace Sandbox.Aws.Sts;

/// <summary>Words signature failures as STS does (AWS STS API Reference, "Common Errors").</summary>
internal static class StsErrors
{
    public static AwsException From(SignatureException failure) => failure.Failure switch
    {
        SignatureFailure.MissingAuthentication => new(403, "MissingAuthenticationToken", failure.Message),
        SignatureFailure.UnknownKey or SignatureFailure.InvalidToken => new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
        SignatureFailure.ExpiredToken => new(403, "ExpiredToken", "The security token included in the request is expired"),
        SignatureFailure.ClockSkew or SignatureFailure.PresignedExpired => new(403, "SignatureDoesNotMatch", "Signature expired or not yet current: the request's time is too far from the server's."),
        SignatureFailure.Mismatch or SignatureFailure.UnsignedHeaders => new(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
        _ => new(400, "IncompleteSignature", failure.Message),
    };
}
