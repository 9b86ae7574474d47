using Amazon.S3;
using Amazon.S3.Model;
using Sandbox.Demo.Narration;
using Sandbox.Demo.Stage;
using Sandbox.Demo.Uploads;

namespace Sandbox.Demo.Story;

/// <summary>What the credentials may do and what not, tried with the AWS SDK.</summary>
internal sealed class PermissionsChapter(DemoStage stage, Narrator narrator)
{
    private const int PartSize = 5 * 1024 * 1024;
    private const string Key = DemoSession.Prefix + "report.csv";

    public async Task TellAsync(CancellationToken cancellationToken)
    {
        narrator.Chapter("The AWS SDK tries the credentials: uploads under the prefix, and nothing else");
        await TryAsync(true, $"PutObject s3://{DemoSession.Bucket}/{Key}", s3 => PutAsync(s3, DemoSession.Bucket, Key, cancellationToken), cancellationToken);
        await TryAsync(true, $"multipart s3://{DemoSession.Bucket}/{DemoSession.Prefix}big.bin", s3 => MultipartAsync(s3, DemoSession.Prefix + "big.bin", cancellationToken), cancellationToken);
        await TryAsync(false, $"PutObject s3://{DemoSession.Bucket}/exports/2025/report.csv", s3 => PutAsync(s3, DemoSession.Bucket, "exports/2025/report.csv", cancellationToken), cancellationToken);
        await TryAsync(false, $"PutObject s3://{DemoSession.OtherBucket}/{Key}", s3 => PutAsync(s3, DemoSession.OtherBucket, Key, cancellationToken), cancellationToken);
        await TryAsync(false, $"GetObject s3://{DemoSession.Bucket}/{Key}", s3 => s3.GetObjectAsync(DemoSession.Bucket, Key, cancellationToken), cancellationToken);
        await TryAsync(false, $"ListObjectsV2 s3://{DemoSession.Bucket}/{DemoSession.Prefix}", s3 => s3.ListObjectsV2Async(new() { BucketName = DemoSession.Bucket, Prefix = DemoSession.Prefix }, cancellationToken), cancellationToken);
        await TryAsync(false, $"DeleteObject s3://{DemoSession.Bucket}/{Key}", s3 => s3.DeleteObjectAsync(DemoSession.Bucket, Key, cancellationToken), cancellationToken);
    }

    // The Secret is read anew for every try, as its credentials live for seconds only.
    private async Task TryAsync(bool shouldPass, string asked, Func<AmazonS3Client, Task> call, CancellationToken cancellationToken)
    {
        var secret = await stage.Cluster.FindSecretAsync(DemoSession.Name, cancellationToken) ?? throw new StoryException("there is no Secret");
        using var s3 = S3Clients.FromSecret(secret);
        var outcome = await S3Outcome.OfAsync(() => call(s3));
        narrator.Step(shouldPass ? outcome.IsAllowed : outcome.Code == "AccessDenied", asked, outcome.ToString());
    }

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client s3, string bucket, string key, CancellationToken cancellationToken) =>
        s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "date,amount\n" }, cancellationToken);

    private static async Task MultipartAsync(AmazonS3Client s3, string key, CancellationToken cancellationToken)
    {
        var id = (await s3.InitiateMultipartUploadAsync(DemoSession.Bucket, key, cancellationToken)).UploadId;
        var parts = new List<PartETag>();
        foreach (var size in new[] { PartSize, 1 })
        {
            using var content = new MemoryStream(new byte[size]);
            var part = new UploadPartRequest { BucketName = DemoSession.Bucket, Key = key, UploadId = id, PartNumber = parts.Count + 1, InputStream = content };
            parts.Add(new(await s3.UploadPartAsync(part, cancellationToken)));
        }

        await s3.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = DemoSession.Bucket, Key = key, UploadId = id, PartETags = parts }, cancellationToken);
    }
}
