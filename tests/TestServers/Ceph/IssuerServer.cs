using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace TestServers.Ceph;

/// <summary>
/// The public face of a cluster's issuer, as a provider serves it for its clusters: the discovery document and the keys that
/// the API server publishes. This release of Ceph takes keys with a certificate only (RFC 7517, "x5c"), so each is wrapped in one.
/// </summary>
public sealed class IssuerServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private JsonObject? _keys;

    private IssuerServer(WebApplication app) => _app = app;

    /// <summary>The issuer's URL, which the API server is to put into its tokens.</summary>
    public Uri Url => new(new Uri(_app.Urls.Single()), "cluster");

    /// <summary>Starts without keys, since the API server that makes them must know the address.</summary>
    public static async Task<IssuerServer> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var certificate = CertificateOf(null);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var app = builder.Build();
        var server = new IssuerServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>Serves these keys, a JSON Web Key Set.</summary>
    /// <returns>The SHA-1 of the certificate of the first, in hexadecimal, as the provider is registered with.</returns>
    public string Publish(string keySet)
    {
        var keys = JsonNode.Parse(keySet)!.AsObject();
        var thumbprint = "";
        foreach (var key in keys["keys"]!.AsArray())
        {
            using var certificate = CertificateOf(key!);
            key!["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData));
            thumbprint = thumbprint.Length == 0 ? certificate.Thumbprint : thumbprint;
        }

        _keys = keys;
        return thumbprint;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        JsonNode? answer = context.Request.Path.Value switch
        {
            "/cluster/.well-known/openid-configuration" => new JsonObject { ["issuer"] = Url.AbsoluteUri, ["jwks_uri"] = $"{Url}/jwks" },
            "/cluster/jwks" => _keys,
            _ => null,
        };
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer?.ToJsonString() ?? "{}");
    }

    /// <summary>A certificate of a JSON Web Key, signed by a key that nobody keeps; without one, that of a server.</summary>
    private static X509Certificate2 CertificateOf(JsonNode? webKey)
    {
        using var signer = RSA.Create(2048);
        var name = new X500DistinguishedName("CN=issuer");
        var (from, until) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        if (webKey is null)
        {
            using var served = new CertificateRequest(name, signer, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(from, until);
            return X509CertificateLoader.LoadPkcs12(served.Export(X509ContentType.Pkcs12), null);
        }

        using var key = RSA.Create(new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(webKey["n"]!.GetValue<string>()), Exponent = Base64UrlEncoder.DecodeBytes(webKey["e"]!.GetValue<string>()) });
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .Create(name, X509SignatureGenerator.CreateForRSA(signer, RSASignaturePadding.Pkcs1), from, until, RandomNumberGenerator.GetBytes(8));
    }
}
