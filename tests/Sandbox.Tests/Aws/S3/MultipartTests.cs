using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;

namespace Sandbox.Tests.Aws.S3;

public sealed class MultipartTests : IAsyncLifetime
{
    private const int MinPart = 5 * 1024 * 1024;
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
    public async Task The_SDKs_transfer_utility_uploads_a_file_in_parts()
    {
        var content = new byte[MinPart + 1000];
        new Random(3).NextBytes(content);
        using var transfer = new TransferUtility(_s3, new TransferUtilityConfig { MinSizeBeforePartUpload = MinPart });
        using var stream = new MemoryStream(content);
        await transfer.UploadAsync(new TransferUtilityUploadRequest { BucketName = AwsFixture.Bucket, Key = "big", InputStream = stream, PartSize = MinPart }, Cancel);
        var item = _aws.Server.Objects[AwsFixture.Bucket].Find("big")!;
        item.Content.Span.SequenceEqual(content).ShouldBeTrue();
        item.ETag.ShouldEndWith("-2\"");
    }

    [Fact]
    public async Task Parts_are_listed_until_completed_and_the_upload_with_them()
    {
        var id = await Begin();
        await Part(id, 2, 10);
        await Part(id, 1, 10);
        (await _s3.ListPartsAsync(AwsFixture.Bucket, "k", id, Cancel)).Parts.Select(part => part.PartNumber).ShouldBe([1, 2]);
        var page = await _s3.ListPartsAsync(new ListPartsRequest { BucketName = AwsFixture.Bucket, Key = "k", UploadId = id, MaxParts = 1 }, Cancel);
        page.IsTruncated.ShouldBe(true);
        page.NextPartNumberMarker.ShouldBe(1);
        (await _s3.ListMultipartUploadsAsync(AwsFixture.Bucket, Cancel)).MultipartUploads.ShouldHaveSingleItem().UploadId.ShouldBe(id);
    }

    [Fact]
    public async Task An_aborted_upload_is_gone()
    {
        var id = await Begin();
        await _s3.AbortMultipartUploadAsync(AwsFixture.Bucket, "k", id, Cancel);
        await Part(id, 1, 10).ShouldFailWith("NoSuchUpload", HttpStatusCode.NotFound);
        await _s3.AbortMultipartUploadAsync(AwsFixture.Bucket, "k", id, Cancel).ShouldFailWith("NoSuchUpload", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_part_before_the_last_must_have_five_mebibytes()
    {
        var id = await Begin();
        var parts = new List<PartETag> { await Part(id, 1, MinPart - 1), await Part(id, 2, 1) };
        await Complete(id, parts).ShouldFailWith("EntityTooSmall", HttpStatusCode.BadRequest);
        parts[0] = await Part(id, 1, MinPart);
        await Complete(id, parts);
        _aws.Server.Objects[AwsFixture.Bucket].Find("k")!.Content.Length.ShouldBe(MinPart + 1);
    }

    [Fact]
    public async Task Completing_with_parts_that_are_not_there_is_refused()
    {
        var id = await Begin();
        var part = await Part(id, 1, 10);
        await Complete(id, [new PartETag(1, "\"00000000000000000000000000000000\"")]).ShouldFailWith("InvalidPart");
        await Complete(id, [new PartETag(2, part.ETag)]).ShouldFailWith("InvalidPart");
        await Complete("unknown", [part]).ShouldFailWith("NoSuchUpload");
        await _s3.UploadPartAsync(new UploadPartRequest { BucketName = AwsFixture.Bucket, Key = "another", UploadId = id, PartNumber = 1, InputStream = new MemoryStream([1]) }, Cancel).ShouldFailWith("NoSuchUpload");
    }

    [Fact]
    public async Task A_part_number_beyond_ten_thousand_is_refused()
    {
        var id = await Begin();
        await Part(id, 10_001, 1).ShouldFailWith("InvalidArgument", HttpStatusCode.BadRequest);
    }

    private async Task<string> Begin() => (await _s3.InitiateMultipartUploadAsync(AwsFixture.Bucket, "k", Cancel)).UploadId;

    private async Task<PartETag> Part(string id, int number, int size)
    {
        using var content = new MemoryStream(new byte[size]);
        return new(await _s3.UploadPartAsync(new UploadPartRequest { BucketName = AwsFixture.Bucket, Key = "k", UploadId = id, PartNumber = number, InputStream = content }, Cancel));
    }

    private Task<CompleteMultipartUploadResponse> Complete(string id, List<PartETag> parts) => _s3.CompleteMultipartUploadAsync(
        new CompleteMultipartUploadRequest { BucketName = AwsFixture.Bucket, Key = "k", UploadId = id, PartETags = parts }, Cancel);
}
