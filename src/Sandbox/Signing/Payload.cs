using System.Globalization;
using System.Security.Cryptography;

namespace Sandbox.Signing;

/// <summary>A body after its transfer form was undone.</summary>
/// <param name="Content">The bytes meant.</param>
/// <param name="Trailers">Headers that came after a chunked body, names in lower case.</param>
public sealed record Payload(ReadOnlyMemory<byte> Content, IReadOnlyDictionary<string, string> Trailers)
{
    /// <summary>The body is not covered by the signature.</summary>
    public const string UnsignedPayload = "UNSIGNED-PAYLOAD";

    private const string SignedChunks = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private const string SignedChunksTrailer = SignedChunks + "-TRAILER";
    private const string UnsignedChunksTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static readonly Dictionary<string, string> NoTrailers = [];

    /// <summary>Undoes and verifies the form that x-amz-content-sha256 names (Amazon S3 API Reference, "Signature Calculations for the Authorization Header").</summary>
    /// <param name="body">The body as sent.</param>
    /// <param name="kind">The value of x-amz-content-sha256.</param>
    /// <param name="signer">Verifies chunk after chunk.</param>
    /// <param name="headers">Where a chunked body's true length stands.</param>
    /// <exception cref="SignatureException">The body is not the one that was signed.</exception>
    public static Payload Open(byte[] body, string kind, ChunkSigner signer, IHeaderDictionary headers) => kind switch
    {
        UnsignedPayload => new(body, NoTrailers),
        SignedChunks => WithLength(ChunkedBody.Decode(body, signer, trailers: false), headers),
        SignedChunksTrailer => WithLength(ChunkedBody.Decode(body, signer, trailers: true), headers),
        UnsignedChunksTrailer => WithLength(ChunkedBody.Decode(body, signer: null, trailers: true), headers),
        { Length: 64 } => FixedTime.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), kind)
            ? new(body, NoTrailers)
            : throw new SignatureException(SignatureFailure.PayloadMismatch, "The provided 'x-amz-content-sha256' header does not match what was computed."),
        _ => throw new SignatureException(SignatureFailure.UnknownPayloadKind, $"x-amz-content-sha256 must be {UnsignedPayload}, {SignedChunks}, {SignedChunksTrailer}, {UnsignedChunksTrailer} or a valid sha256 value."),
    };

    private static Payload WithLength(Payload payload, IHeaderDictionary headers) =>
        long.TryParse(headers["x-amz-decoded-content-length"], NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length == payload.Content.Length
            ? payload
            : throw new SignatureException(SignatureFailure.IncompleteBody, "You did not provide the number of bytes specified by the x-amz-decoded-content-length header.");
}
