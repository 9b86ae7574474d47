using System.Security.Cryptography;

namespace Sandbox.Aws.S3;

/// <summary>Checks the checksums that an upload brings, in headers or trailers.</summary>
internal static class Checksums
{
    private const string Prefix = "x-amz-checksum-";

    /// <summary>Checks every checksum that is there.</summary>
    /// <returns>The checksum headers, to be given back.</returns>
    /// <exception cref="AwsException">BadDigest: one is not the body's.</exception>
    public static Dictionary<string, string> Verify(S3Call call)
    {
        var content = call.Payload.Content.Span;
        if (call.Header("content-md5") is { } md5 && md5 != ETags.ContentMd5(content))
            throw new AwsException(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");

        var verified = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var headers = call.RequestHeaders.Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), header.Value.ToString()));
        foreach (var (name, value) in headers.Concat(call.Payload.Trailers))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || Compute(name[Prefix.Length..], content) is not { } expected)
                continue;
            if (value != expected)
                throw new AwsException(400, "BadDigest", $"The {name[Prefix.Length..].ToUpperInvariant()} you specified did not match the calculated checksum.");
            verified[name] = value;
        }

        return verified;
    }

#pragma warning disable CA5350 // SHA-1 is one of S3's integrity checksums; nothing is protected by it here.
    private static string? Compute(string algorithm, ReadOnlySpan<byte> content) => algorithm switch
    {
        "crc32" => ReflectedCrc.Crc32.Compute(content),
        "crc32c" => ReflectedCrc.Crc32C.Compute(content),
        "crc64nvme" => ReflectedCrc.Crc64Nvme.Compute(content),
        "sha1" => Convert.ToBase64String(SHA1.HashData(content)),
        "sha256" => Convert.ToBase64String(SHA256.HashData(content)),
        _ => null,
    };
#pragma warning restore CA5350
}
