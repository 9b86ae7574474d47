using System.Security.Cryptography;

namespace Sandbox.Signing;

/// <summary>Verifies Signature Version 4 on requests, by header and presigned, and hands back the body once it proved to be the signed one.</summary>
/// <param name="service">The service that is being asked.</param>
/// <param name="find">Finds a key by its id; null if there is none.</param>
/// <param name="time">The server's clock.</param>
public sealed class SignatureVerifier(SigningService service, Func<string, SigningCredential?> find, TimeProvider time)
{
    /// <summary>How far the signing time may be from the server's (Amazon S3 API Reference, "Authenticating Requests").</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    /// <summary>Verifies one request, reading its body.</summary>
    /// <exception cref="SignatureException">The request is not to be believed.</exception>
    public async Task<SignedRequest> VerifyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var target = RequestTarget.Of(request);
        var claim = SignatureClaim.Of(request, target);
        CheckScope(claim);
        CheckTime(claim);
        CheckSignedHeaders(request, claim);
        var credential = find(claim.AccessKeyId)
            ?? throw new SignatureException(SignatureFailure.UnknownKey, "The access key ID you provided does not exist in our records.");
        CheckToken(credential, claim);

        var body = await ReadAsync(request, cancellationToken);
        var payloadHash = PayloadHash(request, target, claim, body);
        var key = new SigningKey(credential.SecretAccessKey, claim.Scope);
        var canonical = CanonicalRequest.Build(request, target, claim.SignedHeaders, payloadHash, service);
        if (!key.Verifies(CanonicalRequest.StringToSign(canonical, claim), claim.Signature))
            throw Mismatch();
        CheckExpiry(credential);

        var payload = Payload.Open(body, payloadHash, new ChunkSigner(key, claim), request.Headers);
        return new(credential, target, payload);
    }

    private static SignatureException Mismatch() => new(SignatureFailure.Mismatch, "The request signature we calculated does not match the signature you provided. Check your key and signing method.");

    private void CheckScope(SignatureClaim claim)
    {
        if (claim.Scope.Service == service.Name)
            return;
        var failure = claim.Expires is null ? SignatureFailure.MalformedHeader : SignatureFailure.MalformedQuery;
        throw new SignatureException(failure, $"Credential should be scoped to correct service: '{service.Name}'.");
    }

    private void CheckTime(SignatureClaim claim)
    {
        var now = time.GetUtcNow();
        var age = now - claim.SignedAt;
        if (claim.Expires is { } expires && age > expires)
            throw new SignatureException(SignatureFailure.PresignedExpired, "Request has expired");
        if (age < -MaxSkew || (claim.Expires is null && age > MaxSkew))
            throw new SignatureException(SignatureFailure.ClockSkew, "The difference between the request time and the current time is too large.");
    }

    private void CheckSignedHeaders(HttpRequest request, SignatureClaim claim)
    {
        if (!claim.SignedHeaders.Contains("host", StringComparer.Ordinal))
            throw new SignatureException(SignatureFailure.UnsignedHeaders, "The Host header must be signed.");
        if (!service.IsS3)
            return;
        var unsigned = request.Headers.Keys
            .Where(name => name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase))
            .Except(claim.SignedHeaders, StringComparer.OrdinalIgnoreCase);
        if (unsigned.FirstOrDefault() is { } first)
            throw new SignatureException(SignatureFailure.UnsignedHeaders, $"There were headers present in the request which were not signed: {first}");
    }

    private static void CheckToken(SigningCredential credential, SignatureClaim claim)
    {
        if (!FixedTime.Equal(credential.SessionToken ?? "", claim.SessionToken ?? ""))
            throw new SignatureException(SignatureFailure.InvalidToken, "The provided token is malformed or otherwise invalid.");
    }

    private void CheckExpiry(SigningCredential credential)
    {
        if (credential.ExpiresAt is { } end && time.GetUtcNow() >= end)
            throw new SignatureException(SignatureFailure.ExpiredToken, "The provided token has expired.");
    }

    private string PayloadHash(HttpRequest request, RequestTarget target, SignatureClaim claim, byte[] body)
    {
        if (!service.IsS3)
            return Convert.ToHexStringLower(SHA256.HashData(body));
        var declared = request.Headers["x-amz-content-sha256"].ToString() is { Length: > 0 } header ? header : target.Parameter("X-Amz-Content-Sha256");
        return declared
            ?? (claim.Expires is null
                ? throw new SignatureException(SignatureFailure.MissingPayloadHash, "Missing required header for this request: x-amz-content-sha256")
                : Payload.UnsignedPayload);
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
