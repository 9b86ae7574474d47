using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Sandbox.Signing;

namespace TestServers.Ceph;

/// <summary>Signs requests whose Authorization header says with which key, for which scope and over which headers (AWS Signature Version 4).</summary>
internal static class RequestSigner
{
    /// <summary>Replaces the signature, whatever it is, by that of the request with this body.</summary>
    public static void Sign(HttpRequest request, string body, string secretAccessKey)
    {
        var target = RequestTarget.Of(request);
        var claim = SignatureClaim.Of(request, target);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        request.ContentLength = Encoding.UTF8.GetByteCount(body);
        if (request.Headers.ContainsKey("x-amz-content-sha256"))
            request.Headers["x-amz-content-sha256"] = hash;
        var canonical = CanonicalRequest.Build(request, target, claim.SignedHeaders, hash, SigningService.Sts);
        var signature = new SigningKey(secretAccessKey, claim.Scope).Sign(CanonicalRequest.StringToSign(canonical, claim));
        request.Headers.Authorization = request.Headers.Authorization.ToString().Replace(claim.Signature, signature, StringComparison.Ordinal);
    }
}
