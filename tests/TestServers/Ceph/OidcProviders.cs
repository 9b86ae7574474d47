using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TestServers.Ceph;

/// <summary>The part of the gateway's IAM API that makes OpenID Connect providers, for which radosgw-admin has no command (IAM API Reference, "CreateOpenIDConnectProvider").</summary>
internal static class OidcProviders
{
    /// <summary>Makes one.</summary>
    /// <param name="gateway">Where the gateway answers.</param>
    /// <param name="user">Signs the request; must have the capability <c>oidc-provider</c>.</param>
    /// <param name="issuer">The provider's URL, the <c>iss</c> of its tokens.</param>
    /// <param name="thumbprint">The SHA-1 of the certificate of its key, in hexadecimal.</param>
    /// <param name="audience">The client id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task CreateAsync(Uri gateway, CephUser user, Uri issuer, string thumbprint, string audience, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Action"] = "CreateOpenIDConnectProvider",
            ["Url"] = issuer.AbsoluteUri,
            ["ThumbprintList.member.1"] = thumbprint,
            ["ClientIDList.member.1"] = audience,
        });
        var now = TimeProvider.System.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var context = new DefaultHttpContext();
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = "/";
        var signed = context.Request;
        signed.Method = HttpMethods.Post;
        signed.Host = new HostString(gateway.Host, gateway.Port);
        signed.Headers["x-amz-date"] = now;
        signed.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={user.AccessKeyId}/{now[..8]}/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature={new string('0', 64)}";
        RequestSigner.Sign(signed, await content.ReadAsStringAsync(cancellationToken), user.SecretAccessKey);

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, gateway) { Content = content };
        request.Headers.TryAddWithoutValidation("x-amz-date", now);
        request.Headers.TryAddWithoutValidation("Authorization", signed.Headers.Authorization.ToString());
        using var response = await http.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
