using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Signing;

namespace Sandbox.Tests.Signing;

/// <summary>The worked examples of Amazon S3's API Reference ("Signature Calculations for the Authorization Header", "… in Multiple Chunks", "Authenticating Requests: Using Query Parameters").</summary>
public sealed class DocumentedExamplesTests
{
    private const string Scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
    private const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Getting_an_object_with_a_range()
    {
        var request = Request("GET", "/test.txt", EmptyHash, "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
        request.Headers.Range = "bytes=0-9";
        (await Verify(request)).Credential.AccessKeyId.ShouldBe("AKIAIOSFODNN7EXAMPLE");
    }

    [Fact]
    public async Task Putting_an_object_whose_key_needs_escaping()
    {
        var request = Request(
            "PUT", "/test%24file.text", "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd", "Welcome to Amazon S3.");
        request.Headers.Date = "Fri, 24 May 2013 00:00:00 GMT";
        request.Headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
        Text(await Verify(request)).ShouldBe("Welcome to Amazon S3.");
    }

    [Fact]
    public async Task Asking_for_a_subresource_without_a_value()
    {
        var request = Request("GET", "/?lifecycle", EmptyHash, "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
        await Verify(request);
    }

    [Fact]
    public async Task Listing_with_parameters()
    {
        var request = Request("GET", "/?max-keys=2&prefix=J", EmptyHash, "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
        await Verify(request);
    }

    [Fact]
    public async Task Putting_an_object_in_signed_chunks()
    {
        var content = new string('a', 66_560);
        var body = $"10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n{content[..65_536]}\r\n"
            + $"400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n{content[65_536..]}\r\n"
            + "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n";
        Text(await Verify(Chunked(body))).ShouldBe(content);

        var tampered = body.Replace("aaaa\r\n0;", "aaab\r\n0;", StringComparison.Ordinal);
        (await Should.ThrowAsync<SignatureException>(() => Verify(Chunked(tampered)))).Failure.ShouldBe(SignatureFailure.Mismatch);
        var cut = body[..^90];
        (await Should.ThrowAsync<SignatureException>(() => Verify(Chunked(cut)))).Failure.ShouldBe(SignatureFailure.IncompleteBody);
    }

    [Theory]
    [InlineData(86_399, null)]
    [InlineData(86_401, SignatureFailure.PresignedExpired)]
    public async Task A_presigned_address_is_good_for_as_long_as_it_says(int seconds, SignatureFailure? failure)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = "GET";
        request.Headers.Host = "examplebucket.s3.amazonaws.com";
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget =
            $"/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString(Scope)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        _time.Advance(TimeSpan.FromSeconds(seconds));
        if (failure is null)
            await Verify(request);
        else
            (await Should.ThrowAsync<SignatureException>(() => Verify(request))).Failure.ShouldBe(failure.Value);
    }

    private static HttpRequest Chunked(string body)
    {
        var request = Request(
            "PUT", "/examplebucket/chunkObject.txt", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class",
            "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9", body);
        request.Headers.Host = "s3.amazonaws.com";
        request.Headers["x-amz-storage-class"] = "REDUCED_REDUNDANCY";
        request.Headers.ContentEncoding = "aws-chunked";
        request.Headers["x-amz-decoded-content-length"] = "66560";
        request.Headers.ContentLength = 66_824;
        return request;
    }

    private static HttpRequest Request(string method, string target, string payloadHash, string signedHeaders, string signature, string body = "")
    {
        var request = new DefaultHttpContext().Request;
        request.Method = method;
        request.Headers.Host = "examplebucket.s3.amazonaws.com";
        request.Headers["x-amz-date"] = "20130524T000000Z";
        request.Headers["x-amz-content-sha256"] = payloadHash;
        request.Headers.Authorization = $"AWS4-HMAC-SHA256 Credential={Scope},SignedHeaders={signedHeaders},Signature={signature}";
        request.Body = new MemoryStream(Encoding.ASCII.GetBytes(body));
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        return request;
    }

    private static string Text(SignedRequest request) => Encoding.ASCII.GetString(request.Payload.Content.Span);

    private Task<SignedRequest> Verify(HttpRequest request) => new SignatureVerifier(
            SigningService.S3,
            id => id == "AKIAIOSFODNN7EXAMPLE" ? new(id, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY") : null,
            _time)
        .VerifyAsync(request, TestContext.Current.CancellationToken);
}
