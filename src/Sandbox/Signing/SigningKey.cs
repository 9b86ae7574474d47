using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Signing;

/// <summary>A key derived for one day, region and service (IAM User Guide, "Create a signed AWS API request", step 4).</summary>
public sealed class SigningKey
{
    private readonly byte[] _key;

    /// <summary>Derives the key.</summary>
    public SigningKey(string secretAccessKey, CredentialScope scope)
    {
        var date = Hmac(Encoding.UTF8.GetBytes("AWS4" + secretAccessKey), scope.Date);
        _key = Hmac(Hmac(Hmac(date, scope.Region), scope.Service), CredentialScope.Terminator);
    }

    /// <summary>The signature of a text, lower-case hex.</summary>
    public string Sign(string text) => Convert.ToHexStringLower(Hmac(_key, text));

    /// <summary>Whether a signature is the text's, compared in constant time.</summary>
    public bool Verifies(string text, string signature) => FixedTime.Equal(Sign(text), signature);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
