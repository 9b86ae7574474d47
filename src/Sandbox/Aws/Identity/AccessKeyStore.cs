using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Sandbox.Aws.Identity;

/// <summary>Every key that was issued. Expired ones stay known, since AWS tells them from unknown ones.</summary>
internal sealed class AccessKeyStore
{
    private const string KeyAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private readonly ConcurrentDictionary<string, AccessKey> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes a user's key.</summary>
    public AccessKey IssueLongLived(Principal owner) => Add(new(owner, NewId("AKIA"), NewSecret()));

    /// <summary>Makes the key of a role session.</summary>
    public AccessKey IssueTemporary(Principal owner, DateTimeOffset expiresAt) => Add(new(owner, NewId("ASIA"), NewSecret(), NewToken(), expiresAt));

    /// <summary>The key of that id; null if none was ever issued.</summary>
    public AccessKey? Find(string accessKeyId) => _keys.GetValueOrDefault(accessKeyId);

    /// <summary>A unique id in AWS's form, such as AROA…</summary>
    public static string NewId(string kind) => kind + RandomNumberGenerator.GetString(KeyAlphabet, 16);

    private static string NewSecret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    private static string NewToken() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(240));

    private AccessKey Add(AccessKey key)
    {
        _keys[key.AccessKeyId] = key;
        return key;
    }
}
