using System.Security.Cryptography;
using System.Text;

namespace UploadSessions.Specification;

/// <summary>The name under which CloudTrail shows a session's requests (AWS STS API Reference, "AssumeRole": 2 to 64 characters of <c>[A-Za-z0-9_+=,.@-]</c>).</summary>
public static class RoleSessionName
{
    private const int MaxLength = 64;
    private const int HashLength = 8;

    /// <summary><c>namespace.name</c>; where that is too long, its beginning, a dash and 8 hexadecimal digits of its SHA-256. Constant over the session's life. Both parts are names that Kubernetes accepts (RFC 1123), so they hold no other characters.</summary>
    public static string For(string ns, string name)
    {
        var full = $"{ns}.{name}";
        if (full.Length <= MaxLength)
            return full;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)));
        return $"{full[..(MaxLength - HashLength - 1)]}-{hash[..HashLength]}";
    }
}
