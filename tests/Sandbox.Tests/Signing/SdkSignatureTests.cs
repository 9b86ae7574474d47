using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken.Model;
using Sandbox.Tests.Aws;

namespace Sandbox.Tests.Signing;

/// <summary>What the AWS SDK for .NET signs is accepted; what was changed afterwards is not.</summary>
public sealed class SdkSignatureTests : IAsyncLifetime
{
    private AwsFixture _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _aws = await AwsFixture.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Theory]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED, "http", false, true, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")]
    [InlineData(RequestChecksumCalculation.WHEN_REQUIRED, "http", false, true, "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED, "http", false, false, "hash")]
    [InlineData(RequestChecksumCalculation.WHEN_SUPPORTED, "https", true, true, "STREAMING-UNSIGNED-PAYLOAD-TRAILER")]
    [InlineData(RequestChecksumCalculation.WHEN_REQUIRED, "https", true, true, "UNSIGNED-PAYLOAD")]
    public async Task Every_way_the_SDK_sends_a_body_is_accepted_and_gives_the_same_object(
        RequestChecksumCalculation checksums, string scheme, bool unsignedPayload, bool chunked, string kind)
    {
        string? sent = null;
        var s3 = await Client(
            async request =>
            {
                sent = request.Headers.GetValues("x-amz-content-sha256").Single();
                await Wire.ToPlainHttp(request);
            },
            config =>
            {
                config.RequestChecksumCalculation = checksums;
                config.ServiceURL = config.ServiceURL.Replace("http:", scheme + ":", StringComparison.Ordinal);
            });
        var content = new byte[200_000];
        new Random(7).NextBytes(content);
        using var stream = new MemoryStream(content);
        await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", InputStream = stream, DisablePayloadSigning = unsignedPayload, UseChunkEncoding = chunked }, Cancel);

        (sent!.Length == 64 ? "hash" : sent).ShouldBe(kind);
        _aws.Server.Objects[AwsFixture.Bucket].Find("k")!.Content.ToArray().ShouldBe(content);
    }

    [Fact]
    public async Task An_empty_object_can_be_put()
    {
        var s3 = _aws.S3(await Session());
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "empty", ContentBody = "" }, Cancel);
        _aws.Server.Objects[AwsFixture.Bucket].Find("empty")!.Content.Length.ShouldBe(0);
    }

    [Theory]
    [InlineData("plain/key.txt")]
    [InlineData("spaces and + plus & amp = eq ? mark # hash")]
    [InlineData("unicode/ü/日本/😀")]
    [InlineData("a//b/~tilde/*star/'quote'/(par)/!")]
    [InlineData("percent/%41/%2F/%")]
    public async Task Keys_of_any_characters_are_signed_alike_on_both_sides(string key)
    {
        var s3 = _aws.S3(await Session());
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = key, ContentBody = "x" }, Cancel);
        _aws.Server.Objects[AwsFixture.Bucket].List().ShouldHaveSingleItem().Key.ShouldBe(key);
        var listing = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = AwsFixture.Bucket, Prefix = key }, Cancel);
        listing.S3Objects.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    [Fact]
    public Task A_changed_key_is_not_accepted() => Refused("SignatureDoesNotMatch", request =>
        request.RequestUri = new Uri(request.RequestUri!.ToString().Replace("/k", "/other", StringComparison.Ordinal)));

    [Fact]
    public Task A_changed_query_is_not_accepted() => Refused("SignatureDoesNotMatch", request =>
        request.RequestUri = new Uri(request.RequestUri + "?tagging"));

    [Fact]
    public Task A_changed_method_is_not_accepted() => Refused("SignatureDoesNotMatch", request => request.Method = HttpMethod.Post);

    [Fact]
    public Task A_changed_signed_header_is_not_accepted() => Refused("SignatureDoesNotMatch", request =>
    {
        request.Headers.Remove("x-amz-meta-note");
        request.Headers.Add("x-amz-meta-note", "forged");
    });

    [Fact]
    public Task An_added_amz_header_is_not_accepted() => Refused("AccessDenied", request => request.Headers.Add("x-amz-acl", "public-read"));

    [Fact]
    public Task A_changed_body_is_not_accepted() => Refused("XAmzContentSHA256Mismatch", request => ReplaceBody(request, "forged!"u8.ToArray()));

    [Fact]
    public Task A_changed_chunk_is_not_accepted() => Refused(
        "SignatureDoesNotMatch",
        async request =>
        {
            var body = await request.Content!.ReadAsByteArrayAsync(Cancel);
            body[body.AsSpan().IndexOf("\r\n"u8) + 2] ^= 1;
            ReplaceBody(request, body);
        },
        chunked: true);

    [Fact]
    public Task A_changed_trailing_checksum_is_not_accepted() => Refused(
        "SignatureDoesNotMatch",
        async request =>
        {
            var body = await request.Content!.ReadAsByteArrayAsync(Cancel);
            body[body.AsSpan().LastIndexOf("x-amz-checksum"u8) + "x-amz-checksum-crc32:".Length + 1] ^= 1;
            ReplaceBody(request, body);
        },
        chunked: true);

    [Fact]
    public Task A_token_of_another_session_is_not_accepted() => Refused("InvalidToken", async request =>
    {
        request.Headers.Remove("x-amz-security-token");
        request.Headers.Add("x-amz-security-token", (await _aws.AssumeAsync(name: "another")).SessionToken);
    });

    [Fact]
    public Task A_session_key_without_its_token_is_not_accepted() => Refused("InvalidToken", request => request.Headers.Remove("x-amz-security-token"));

    [Fact]
    public Task A_header_that_is_no_signature_is_named_malformed() => Refused("AuthorizationHeaderMalformed", request =>
    {
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=nonsense, SignedHeaders=host, Signature=00");
    });

    [Fact]
    public Task A_request_without_a_signature_is_anonymous() => Refused("AccessDenied", request => request.Headers.Remove("Authorization"));

    [Fact]
    public async Task A_wrong_secret_is_a_mismatch_and_a_wrong_key_unknown()
    {
        var key = await _aws.AssumeAsync();
        await Put(new SessionAWSCredentials(key.AccessKeyId, "wrong", key.SessionToken)).ShouldFailWith("SignatureDoesNotMatch", HttpStatusCode.Forbidden);
        await Put(new SessionAWSCredentials("ASIAUNKNOWN", key.SecretAccessKey, key.SessionToken)).ShouldFailWith("InvalidAccessKeyId", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(14, null)]
    [InlineData(-14, null)]
    [InlineData(16, "RequestTimeTooSkewed")]
    [InlineData(-16, "RequestTimeTooSkewed")]
    public async Task Clocks_may_differ_by_a_quarter_of_an_hour(int minutes, string? code)
    {
        var credentials = await Session(TimeSpan.FromHours(1));
        var real = TimeProvider.System.GetUtcNow();
        _aws.Time.AdjustTime(real + TimeSpan.FromMinutes(minutes));
        if (code is null)
            await Put(credentials);
        else
            await Put(credentials).ShouldFailWith(code, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Expired_credentials_are_named_so()
    {
        await using var aws = await AwsFixture.StartAsync(options => options with { CredentialLifetime = TimeSpan.FromSeconds(6) });
        var key = await aws.AssumeAsync();
        var s3 = aws.S3(key);
        await s3.PutObjectAsync(Request(), Cancel);
        aws.Time.Advance(TimeSpan.FromSeconds(6));
        await s3.PutObjectAsync(Request(), Cancel).ShouldFailWith("ExpiredToken", HttpStatusCode.BadRequest);
        await aws.Sts(key).GetCallerIdentityAsync(new GetCallerIdentityRequest(), Cancel).ShouldFailWith("ExpiredToken", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task STS_names_what_it_does_not_believe()
    {
        var wrongSecret = new BasicAWSCredentials(_aws.Server.AccessKeyId, "wrong");
        await _aws.Sts(wrongSecret).GetCallerIdentityAsync(new(), Cancel).ShouldFailWith("SignatureDoesNotMatch", HttpStatusCode.Forbidden);
        var unknown = new BasicAWSCredentials("AKIAUNKNOWN", "wrong");
        await _aws.Sts(unknown).GetCallerIdentityAsync(new(), Cancel).ShouldFailWith("InvalidClientTokenId", HttpStatusCode.Forbidden);
        using var http = new HttpClient();
        using var anonymous = new StringContent("Action=GetCallerIdentity&Version=2011-06-15");
        using var answer = await http.PostAsync(_aws.Server.Sts, anonymous, Cancel);
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("<Code>MissingAuthenticationToken</Code>");
    }

    [Fact]
    public async Task A_request_by_another_host_name_is_refused()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, _aws.Server.S3);
        request.Headers.Host = "s3.example.com";
        using var answer = await http.SendAsync(request, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.MisdirectedRequest);
    }

    private static PutObjectRequest Request(bool chunked = false)
    {
        var request = new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", ContentBody = "content", UseChunkEncoding = chunked };
        request.Metadata["note"] = "mine";
        return request;
    }

    private static void ReplaceBody(HttpRequestMessage request, byte[] body)
    {
        var replaced = new ByteArrayContent(body);
        foreach (var (name, values) in request.Content!.Headers.Where(header => header.Key != "Content-Length"))
            replaced.Headers.TryAddWithoutValidation(name, values);
        request.Content = replaced;
    }

    private async Task<SessionAWSCredentials> Session(TimeSpan? duration = null)
    {
        var answer = await _aws.Sts().AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = AwsFixture.Role, RoleSessionName = "s1", DurationSeconds = (int)(duration ?? TimeSpan.FromMinutes(15)).TotalSeconds }, Cancel);
        return new(answer.Credentials.AccessKeyId, answer.Credentials.SecretAccessKey, answer.Credentials.SessionToken);
    }

    private async Task<IAmazonS3> Client(Func<HttpRequestMessage, Task> touch, Action<AmazonS3Config>? change = null) => _aws.S3(await Session(), config =>
    {
        config.HttpClientFactory = new Wire(touch);
        change?.Invoke(config);
    });

    private Task<PutObjectResponse> Put(AWSCredentials credentials) => _aws.S3(credentials).PutObjectAsync(Request(), Cancel);

    private Task Refused(string code, Action<HttpRequestMessage> tamper) => Refused(code, request =>
    {
        tamper(request);
        return Task.CompletedTask;
    });

    private async Task Refused(string code, Func<HttpRequestMessage, Task> tamper, bool chunked = false)
    {
        var s3 = await Client(tamper);
        var failure = await Should.ThrowAsync<AmazonS3Exception>(() => s3.PutObjectAsync(Request(chunked), Cancel));
        failure.ErrorCode.ShouldBe(code);
        _aws.Server.Objects[AwsFixture.Bucket].List().ShouldBeEmpty();
    }
}
