using EndToEnd.Tests.Running;

namespace EndToEnd.Tests.Requests;

/// <summary>A folder of a bucket where requests are tried; it holds an object and an unfinished upload.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Folder">The keys' beginning, up to a slash.</param>
/// <param name="UploadId">Of the unfinished upload.</param>
public sealed record S3Place(string Bucket, string Folder, string UploadId)
{
    /// <summary>The key of the object.</summary>
    public string ObjectKey => Folder + "object";

    /// <summary>The key of the unfinished upload.</summary>
    public string UploadKey => Folder + "upload";

    /// <summary>Prepares a place.</summary>
    public static async Task<S3Place> PrepareAsync(CephStore store, string bucket, string folder, CancellationToken cancellationToken)
    {
        await store.Admin.PutObjectAsync(new() { BucketName = bucket, Key = folder + "object", ContentBody = "x" }, cancellationToken);
        var upload = await store.Admin.InitiateMultipartUploadAsync(bucket, folder + "upload", cancellationToken);
        return new(bucket, folder, upload.UploadId);
    }
}
