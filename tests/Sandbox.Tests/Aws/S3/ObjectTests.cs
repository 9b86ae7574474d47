using System.Net;
using Amazon.S3;
using Amazon.S3.Model;

namespace Sandbox.Tests.Aws.S3;

public sealed class ObjectTests : IAsyncLifetime
{
    private AwsFixture _aws = null!;
    private AmazonS3Client _s3 = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _aws = await AwsFixture.StartAsync();
        _s3 = _aws.S3(await _aws.AssumeAsync());
    }

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Fact]
    public async Task An_object_comes_back_with_what_was_said_of_it()
    {
        var put = new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", ContentBody = "hello", ContentType = "text/plain" };
        put.Metadata["owner"] = "team-a";
        put.Headers.CacheControl = "no-store";
        (await _s3.PutObjectAsync(put, Cancel)).ETag.ShouldBe("\"5d41402abc4b2a76b9719d911017c592\"");

        using var answer = await _s3.GetObjectAsync(AwsFixture.Bucket, "k", Cancel);
        using var reader = new StreamReader(answer.ResponseStream);
        (await reader.ReadToEndAsync(Cancel)).ShouldBe("hello");
        answer.Headers.ContentType.ShouldBe("text/plain");
        answer.Headers.CacheControl.ShouldBe("no-store");
        answer.Headers.ContentEncoding.ShouldBeNullOrEmpty();
        answer.Metadata["owner"].ShouldBe("team-a");
        answer.ETag.ShouldBe("\"5d41402abc4b2a76b9719d911017c592\"");
        (await _s3.GetObjectMetadataAsync(AwsFixture.Bucket, "k", Cancel)).ContentLength.ShouldBe(5);
    }

    [Fact]
    public async Task A_range_is_a_part_of_the_object()
    {
        await Put("k", "0123456789");
        using var answer = await _s3.GetObjectAsync(new GetObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", ByteRange = new ByteRange(2, 4) }, Cancel);
        using var reader = new StreamReader(answer.ResponseStream);
        (await reader.ReadToEndAsync(Cancel)).ShouldBe("234");
        answer.HttpStatusCode.ShouldBe(HttpStatusCode.PartialContent);
    }

    [Theory]
    [InlineData("CRC32")]
    [InlineData("CRC32C")]
    [InlineData("CRC64NVME")]
    [InlineData("SHA1")]
    [InlineData("SHA256")]
    public async Task A_wrong_checksum_is_a_bad_digest_and_a_right_one_is_accepted(string algorithm)
    {
        await _s3.PutObjectAsync(Request("123456789", _ => { }), Cancel);
        var right = algorithm switch
        {
            "CRC32" => "y/Q5Jg==",
            "CRC32C" => "4waSgw==",
            "CRC64NVME" => "rosUhgp5mIg=",
            "SHA1" => "98O8HYCOBHMq32eZZczDTKeuNEE=",
            _ => "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        };
        await _s3.PutObjectAsync(Request("123456789", request => Set(request, right)), Cancel);
        await _s3.PutObjectAsync(Request("12345678X", request => Set(request, right)), Cancel).ShouldFailWith("BadDigest", HttpStatusCode.BadRequest);

        void Set(PutObjectRequest request, string value)
        {
            request.ChecksumCRC32 = algorithm == "CRC32" ? value : null;
            request.ChecksumCRC32C = algorithm == "CRC32C" ? value : null;
            request.ChecksumCRC64NVME = algorithm == "CRC64NVME" ? value : null;
            request.ChecksumSHA1 = algorithm == "SHA1" ? value : null;
            request.ChecksumSHA256 = algorithm == "SHA256" ? value : null;
        }
    }

    [Fact]
    public async Task A_condition_on_absence_holds_once()
    {
        await _s3.PutObjectAsync(Request("one", request => request.IfNoneMatch = "*"), Cancel);
        await _s3.PutObjectAsync(Request("two", request => request.IfNoneMatch = "*"), Cancel).ShouldFailWith("PreconditionFailed", HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_listing_is_paged_and_rolls_up_by_delimiter()
    {
        foreach (var key in new[] { "a", "d/1", "d/2", "e/1", "z" })
            await Put(key, "x");
        var names = new List<string>();
        var request = new ListObjectsV2Request { BucketName = AwsFixture.Bucket, Delimiter = "/", MaxKeys = 2 };
        ListObjectsV2Response page;
        do
        {
            page = await _s3.ListObjectsV2Async(request, Cancel);
            page.KeyCount!.Value.ShouldBeLessThanOrEqualTo(2);
            names.AddRange(page.S3Objects?.Select(item => item.Key) ?? []);
            names.AddRange(page.CommonPrefixes ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        names.ShouldBe(["a", "d/", "e/", "z"], ignoreOrder: true);

        (await _s3.ListObjectsAsync(new ListObjectsRequest { BucketName = AwsFixture.Bucket, Prefix = "d/" }, Cancel)).S3Objects.Select(item => item.Key).ShouldBe(["d/1", "d/2"]);
    }

    [Fact]
    public async Task A_deleted_object_is_gone_and_deleting_it_again_is_no_error()
    {
        await Put("k", "x");
        await _s3.DeleteObjectAsync(AwsFixture.Bucket, "k", Cancel);
        await _s3.DeleteObjectAsync(AwsFixture.Bucket, "k", Cancel);
        await _s3.GetObjectAsync(AwsFixture.Bucket, "k", Cancel).ShouldFailWith("NoSuchKey");
    }

    [Fact]
    public async Task A_copy_has_the_same_content()
    {
        await Put("k", "x");
        await _s3.CopyObjectAsync(AwsFixture.Bucket, "k", AwsFixture.OtherBucket, "copy", Cancel);
        _aws.Server.Objects[AwsFixture.OtherBucket].Find("copy")!.Content.ToArray().ShouldBe("x"u8.ToArray());
    }

    [Fact]
    public async Task Tags_are_kept_whether_they_came_with_the_object_or_later()
    {
        await _s3.PutObjectAsync(Request("x", request => request.TagSet = [new() { Key = "project", Value = "atlas & co" }]), Cancel);
        (await Tags()).ShouldHaveSingleItem().Value.ShouldBe("atlas & co");
        await _s3.PutObjectTaggingAsync(new() { BucketName = AwsFixture.Bucket, Key = "k", Tagging = new() { TagSet = [new() { Key = "project", Value = "borealis" }] } }, Cancel);
        (await Tags()).ShouldHaveSingleItem().Value.ShouldBe("borealis");

        async Task<List<Tag>> Tags() => (await _s3.GetObjectTaggingAsync(new() { BucketName = AwsFixture.Bucket, Key = "k" }, Cancel)).Tagging;
    }

    [Fact]
    public async Task Retention_and_legal_hold_are_kept()
    {
        await Put("k", "x");
        await _s3.GetObjectRetentionAsync(new() { BucketName = AwsFixture.Bucket, Key = "k" }, Cancel).ShouldFailWith("NoSuchObjectLockConfiguration");
        await _s3.PutObjectRetentionAsync(new() { BucketName = AwsFixture.Bucket, Key = "k", Retention = new() { Mode = ObjectLockRetentionMode.Compliance, RetainUntilDate = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) } }, Cancel);
        (await _s3.GetObjectRetentionAsync(new() { BucketName = AwsFixture.Bucket, Key = "k" }, Cancel)).Retention.Mode.ShouldBe(ObjectLockRetentionMode.Compliance);
        await _s3.PutObjectLegalHoldAsync(new() { BucketName = AwsFixture.Bucket, Key = "k", LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } }, Cancel);
        (await _s3.GetObjectLegalHoldAsync(new() { BucketName = AwsFixture.Bucket, Key = "k" }, Cancel)).LegalHold.Status.ShouldBe(ObjectLockLegalHoldStatus.On);
    }

    [Fact]
    public async Task A_presigned_address_works_until_its_time_is_up()
    {
        var real = TimeProvider.System.GetUtcNow();
        var put = await Presigned(HttpVerb.PUT);
        var get = await Presigned(HttpVerb.GET);
        using var http = new HttpClient();
        using var content = new ByteArrayContent("by address"u8.ToArray());
        (await http.PutAsync(put, content, Cancel)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetStringAsync(get, Cancel)).ShouldBe("by address");

        var forged = new Uri(get.ToString().Replace("/k?", "/other?", StringComparison.Ordinal));
        (await http.GetAsync(forged, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var prolonged = new Uri(get.ToString().Replace("X-Amz-Expires=300", "X-Amz-Expires=600000", StringComparison.Ordinal));
        (await http.GetAsync(prolonged, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _aws.Time.AdjustTime(real.AddSeconds(302));
        using var late = await http.GetAsync(get, Cancel);
        (await late.Content.ReadAsStringAsync(Cancel)).ShouldContain("Request has expired");

        async Task<Uri> Presigned(HttpVerb verb) => new(await _s3.GetPreSignedURLAsync(
            new GetPreSignedUrlRequest { BucketName = AwsFixture.Bucket, Key = "k", Verb = verb, Expires = real.UtcDateTime.AddSeconds(300), Protocol = Protocol.HTTP }));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_and_a_call_that_is_not_kept_say_so()
    {
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = "absent", Key = "k", ContentBody = "x" }, Cancel).ShouldFailWith("NoSuchBucket", HttpStatusCode.NotFound);
        await _s3.HeadBucketAsync(new HeadBucketRequest { BucketName = AwsFixture.Bucket }, Cancel);
        (await _s3.ListBucketsAsync(Cancel)).Buckets.Select(bucket => bucket.BucketName).ShouldBe([AwsFixture.Bucket, AwsFixture.OtherBucket]);
        await _s3.GetBucketVersioningAsync(AwsFixture.Bucket, Cancel).ShouldFailWith("NotImplemented", HttpStatusCode.NotImplemented);
    }

    private static PutObjectRequest Request(string content, Action<PutObjectRequest> change)
    {
        var request = new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = "k", ContentBody = content };
        change(request);
        return request;
    }

    private Task<PutObjectResponse> Put(string key, string content) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = key, ContentBody = content }, Cancel);
}
