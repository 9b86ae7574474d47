using Amazon.S3;
using Amazon.S3.Model;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Requests;

/// <summary>
/// Requests of every kind, for trying what credentials allow. AbortMultipartUpload is not among them: Ceph asks for the
/// right to put objects, AWS for a right of its own.
/// </summary>
public static class S3Requests
{
    private const string Elsewhere = "elsewhere/object";

    private static readonly Dictionary<string, Func<AmazonS3Client, S3Place, CancellationToken, Task>> All = new()
    {
        ["PutObject"] = (client, place, token) => client.PutObjectAsync(new() { BucketName = place.Bucket, Key = place.Folder + "new", ContentBody = "x" }, token),
        ["Multipart"] = UploadInPartsAsync,
        ["ListParts"] = (client, place, token) => client.ListPartsAsync(place.Bucket, place.UploadKey, place.UploadId, token),
        ["GetObject"] = async (client, place, token) => (await client.GetObjectAsync(place.Bucket, place.ObjectKey, token)).Dispose(),
        ["HeadObject"] = (client, place, token) => client.GetObjectMetadataAsync(place.Bucket, place.ObjectKey, token),
        ["ListFolder"] = (client, place, token) => client.ListObjectsV2Async(new() { BucketName = place.Bucket, Prefix = place.Folder }, token),
        ["ListBucket"] = (client, place, token) => client.ListObjectsV2Async(new() { BucketName = place.Bucket }, token),
        ["ListUploads"] = (client, place, token) => client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = place.Bucket, Prefix = place.Folder }, token),
        ["DeleteObject"] = (client, place, token) => client.DeleteObjectAsync(place.Bucket, place.Folder + "old", token),
        ["PutTagging"] = (client, place, token) => client.PutObjectTaggingAsync(
            new() { BucketName = place.Bucket, Key = place.ObjectKey, Tagging = new() { TagSet = [new() { Key = "a", Value = "b" }] } }, token),
        ["GetTagging"] = (client, place, token) => client.GetObjectTaggingAsync(new() { BucketName = place.Bucket, Key = place.ObjectKey }, token),
        ["PutAcl"] = (client, place, token) => client.PutObjectAclAsync(new() { BucketName = place.Bucket, Key = place.ObjectKey, ACL = S3CannedACL.Private }, token),
        ["GetAcl"] = (client, place, token) => client.GetObjectAclAsync(new() { BucketName = place.Bucket, Key = place.ObjectKey }, token),
        ["PutRetention"] = (client, place, token) => client.PutObjectRetentionAsync(
            new() { BucketName = place.Bucket, Key = place.ObjectKey, Retention = new() { Mode = ObjectLockRetentionMode.Governance, RetainUntilDate = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(1) } }, token),
        ["PutLegalHold"] = (client, place, token) => client.PutObjectLegalHoldAsync(
            new() { BucketName = place.Bucket, Key = place.ObjectKey, LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } }, token),
        ["CopyFromElsewhere"] = (client, place, token) => client.CopyObjectAsync(
            new() { SourceBucket = CephStore.Bucket, SourceKey = Elsewhere, DestinationBucket = place.Bucket, DestinationKey = place.Folder + "copy" }, token),
        ["DeleteBucketPolicy"] = (client, place, token) => client.DeleteBucketPolicyAsync(place.Bucket, token),
    };

    /// <summary>Puts in place what the requests refer to outside of any place.</summary>
    public static Task PrepareAsync(CephStore store, CancellationToken cancellationToken) =>
        store.Admin.PutObjectAsync(new() { BucketName = CephStore.Bucket, Key = Elsewhere, ContentBody = "x" }, cancellationToken);

    /// <summary>Tries every request.</summary>
    /// <returns>What was not denied: the name of a request that was allowed, or the name and how it failed.</returns>
    public static async Task<IReadOnlyList<string>> NotDeniedAsync(AmazonS3Client client, S3Place place, CancellationToken cancellationToken)
    {
        var answers = new List<string>();
        foreach (var (name, request) in All)
        {
            var answer = await Attempt.TryAsync(() => request(client, place, cancellationToken));
            if (answer != "Denied")
                answers.Add(answer == "OK" ? name : $"{name}: {answer}");
        }

        return answers;
    }

    private static async Task UploadInPartsAsync(AmazonS3Client client, S3Place place, CancellationToken cancellationToken)
    {
        var key = place.Folder + "parts";
        var started = await client.InitiateMultipartUploadAsync(place.Bucket, key, cancellationToken);
        var part = new UploadPartRequest { BucketName = place.Bucket, Key = key, UploadId = started.UploadId, PartNumber = 1, InputStream = new MemoryStream([1]) };
        var uploaded = await client.UploadPartAsync(part, cancellationToken);
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = place.Bucket, Key = key, UploadId = started.UploadId, PartETags = [new(uploaded)] }, cancellationToken);
    }
}
