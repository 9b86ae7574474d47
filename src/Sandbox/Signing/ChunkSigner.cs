using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Signing;

/// <summary>Follows the chain of chunk signatures: each covers the one before it, the first the request's own (Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in Multiple Chunks").</summary>
public sealed class ChunkSigner(SigningKey key, SignatureClaim claim)
{
    private static readonly string EmptyHash = Convert.ToHexStringLower(SHA256.HashData([]));
    private string _previous = claim.Signature;

    /// <summary>Verifies the next chunk.</summary>
    /// <exception cref="SignatureException">It was not signed so.</exception>
    public void VerifyChunk(ReadOnlySpan<byte> data, string signature) =>
        Verify($"AWS4-HMAC-SHA256-PAYLOAD\n{claim.Timestamp}\n{claim.Scope}\n{_previous}\n{EmptyHash}\n{Convert.ToHexStringLower(SHA256.HashData(data))}", signature);

    /// <summary>Verifies the trailing headers.</summary>
    /// <param name="canonicalTrailers">A line <c>name:value\n</c> each.</param>
    /// <param name="signature">The value of x-amz-trailer-signature.</param>
    /// <exception cref="SignatureException">They were not signed so.</exception>
    public void VerifyTrailers(string canonicalTrailers, string signature) =>
        Verify($"AWS4-HMAC-SHA256-TRAILER\n{claim.Timestamp}\n{claim.Scope}\n{_previous}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalTrailers)))}", signature);

    private void Verify(string text, string signature)
    {
        if (!key.Verifies(text, signature))
            throw new SignatureException(SignatureFailure.Mismatch, "The chunk signature we calculated does not match the signature you provided.");
        _previous = signature;
    }
}
