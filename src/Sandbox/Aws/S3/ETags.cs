using System.Security.Cryptography;

namespace Sandbox.Aws.S3;

/// <summary>Entity tags as S3 computes them for unencrypted objects.</summary>
internal static class ETags
{
#pragma warning disable CA5351 // S3 names objects by MD5; nothing is protected by it here.
    /// <summary>The tag of an object put at once.</summary>
    public static string Of(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";

    /// <summary>The tag of an object put in parts: the hash of the parts' hashes, and their number.</summary>
    public static string Of(IReadOnlyCollection<UploadedPart> parts)
    {
        var hashes = parts.SelectMany(part => Convert.FromHexString(part.ETag.Trim('"'))).ToArray();
        return $"\"{Convert.ToHexStringLower(MD5.HashData(hashes))}-{parts.Count}\"";
    }

    /// <summary>Content-MD5 of a body.</summary>
    public static string ContentMd5(ReadOnlySpan<byte> content) => Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351

    /// <summary>Whether two tags are the same, quoted or not.</summary>
    public static bool Match(string one, string other) => one.Trim('"') == other.Trim('"');
}
