using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Tokens;

/// <summary>Signs and checks ServiceAccount tokens: JWTs (RFC 7519) under RS256, with a key made at start.</summary>
internal sealed class TokenIssuer(TimeProvider time) : IDisposable
{
    /// <summary>The issuer of every token, as clusters name it by default.</summary>
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    private const int KeyBits = 2048;

    // Made when first needed: it takes a tenth of a second, and most tests need none.
    private readonly Lazy<RSA> _key = new(() => RSA.Create(KeyBits));

    /// <summary>The public key as a JSON Web Key Set (RFC 7517).</summary>
    public JsonObject KeySet
    {
        get
        {
            var key = _key.Value.ExportParameters(includePrivateParameters: false);
            return new()
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["use"] = "sig",
                    ["kty"] = "RSA",
                    ["kid"] = KeyId,
                    ["alg"] = "RS256",
                    ["n"] = Base64Url.EncodeToString(key.Modulus),
                    ["e"] = Base64Url.EncodeToString(key.Exponent),
                }),
            };
        }
    }

    private string KeyId => Base64Url.EncodeToString(SHA256.HashData(_key.Value.ExportSubjectPublicKeyInfo()));

    /// <summary>A token of a ServiceAccount.</summary>
    public string Issue(ServiceAccountIdentity account, IReadOnlyList<string> audiences, DateTimeOffset expires)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["aud"] = audiences.ToJsonArray(),
            ["exp"] = expires.ToUnixTimeSeconds(),
            ["iat"] = now,
            ["iss"] = Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["kubernetes.io"] = new JsonObject
            {
                ["namespace"] = account.Namespace,
                ["serviceaccount"] = new JsonObject { ["name"] = account.Name, ["uid"] = account.Uid },
            },
            ["nbf"] = now,
            ["sub"] = account.UserName,
        };
        var signed = Part(new JsonObject { ["alg"] = "RS256", ["kid"] = KeyId }) + "." + Part(claims);
        return signed + "." + Base64Url.EncodeToString(_key.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    /// <summary>The claims of a token of ours that has not expired, or null.</summary>
    public JsonObject? Check(string token)
    {
        if (token.Split('.') is not [var header, var payload, var signature])
        {
            return null;
        }

        try
        {
            var signed = Encoding.ASCII.GetBytes($"{header}.{payload}");
            if (!_key.Value.VerifyData(signed, Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            {
                return null;
            }

            var claims = JsonNodes.ParseObject(Base64Url.DecodeFromChars(payload));
            return claims.Integer("exp") > time.GetUtcNow().ToUnixTimeSeconds() ? claims : null;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    private static string Part(JsonObject part) => Base64Url.EncodeToString(part.ToUtf8());
}
