using System.Security.Cryptography;

namespace TestServers.Ceph;

/// <summary>A user of the gateway with a key of its own. Prints as redacted.</summary>
/// <param name="Name">Its id.</param>
/// <param name="AccessKeyId">Names the key.</param>
/// <param name="SecretAccessKey">Signs requests.</param>
public sealed record CephUser(string Name, string AccessKeyId, string SecretAccessKey)
{
    /// <summary>A user with a new key.</summary>
    public static CephUser New(string name) => new(name, RandomNumberGenerator.GetHexString(20), RandomNumberGenerator.GetHexString(40));

    public override string ToString() => $"CephUser {{ Name = {Name}, secrets redacted }}";
}
