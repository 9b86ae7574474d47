using Amazon.Runtime;

namespace Sandbox.Tests.Aws;

/// <summary>Puts a hand between the real SDK and the wire: what it signed can be looked at and changed.</summary>
internal sealed class Wire(Func<HttpRequestMessage, Task> touch) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Hand(touch));

    public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

    /// <summary>Sends what the SDK means for https to the http listener, so that it signs as it does for AWS itself.</summary>
    public static Task ToPlainHttp(HttpRequestMessage request)
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Scheme = "http" }.Uri;
        return Task.CompletedTask;
    }

    private sealed class Hand(Func<HttpRequestMessage, Task> touch) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await touch(request);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
