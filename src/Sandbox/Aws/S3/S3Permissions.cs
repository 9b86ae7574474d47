using Sandbox.Aws.Identity;
using Sandbox.Signing;

namespace Sandbox.Aws.S3;

/// <summary>What each call needs (Amazon S3 User Guide, "Required permissions for Amazon S3 API operations").</summary>
internal static class S3Permissions
{
    /// <summary>All permissions that a call needs, in the order that they are asked for.</summary>
    public static IEnumerable<RequiredPermission> For(S3Call call) => call.Operation switch
    {
        S3Operation.ListBuckets => [new("s3:ListAllMyBuckets", "*")],
        S3Operation.HeadBucket or S3Operation.ListObjects or S3Operation.ListObjectsV2 => [List(call)],
        S3Operation.GetBucketLocation => [new("s3:GetBucketLocation", call.BucketArn)],
        S3Operation.ListMultipartUploads => [new("s3:ListBucketMultipartUploads", call.BucketArn, ListContext(call))],
        S3Operation.PutObject or S3Operation.CreateMultipartUpload => Write(call),
        S3Operation.CopyObject or S3Operation.UploadPartCopy => [ReadSource(call), .. Write(call)],
        S3Operation.UploadPart or S3Operation.CompleteMultipartUpload => [new("s3:PutObject", call.ObjectArn)],
        S3Operation.AbortMultipartUpload => [new("s3:AbortMultipartUpload", call.ObjectArn)],
        S3Operation.ListParts => [new("s3:ListMultipartUploadParts", call.ObjectArn)],
        S3Operation.GetObject or S3Operation.HeadObject => [new(call.Query.Has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject", call.ObjectArn)],
        S3Operation.DeleteObject => [Delete(call, call.Key)],
        // Every key of the body is judged for itself, and refused for itself.
        S3Operation.DeleteObjects => [],
        _ => [new($"s3:{call.Operation}", call.ObjectArn)],
    };

    /// <summary>What deleting one key needs.</summary>
    public static RequiredPermission Delete(S3Call call, string key) =>
        new(call.Query.Has("versionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject", call.ArnOf(key));

    /// <summary>What is needed to learn that a key does not exist.</summary>
    public static RequiredPermission LearnOfAbsence(S3Call call) => new("s3:ListBucket", call.BucketArn);

    /// <summary>Bucket and key of x-amz-copy-source.</summary>
    /// <exception cref="AwsException">InvalidArgument: it names no object.</exception>
    public static (string Bucket, string Key) CopySource(S3Call call)
    {
        var source = PercentEncoding.DecodeText((call.Header("x-amz-copy-source") ?? "").Split('?')[0]).TrimStart('/');
        var slash = source.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < source.Length - 1
            ? (source[..slash], source[(slash + 1)..])
            : throw new AwsException(400, "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    private static RequiredPermission List(S3Call call) => new("s3:ListBucket", call.BucketArn, ListContext(call));

    private static Dictionary<string, string> ListContext(S3Call call)
    {
        var context = new Dictionary<string, string>();
        if (call.Query["prefix"] is { } prefix)
            context["s3:prefix"] = prefix;
        if (call.Query["delimiter"] is { } delimiter)
            context["s3:delimiter"] = delimiter;
        return context;
    }

    private static RequiredPermission ReadSource(S3Call call)
    {
        var (bucket, key) = CopySource(call);
        return new("s3:GetObject", $"arn:aws:s3:::{bucket}/{key}");
    }

    private static IEnumerable<RequiredPermission> Write(S3Call call)
    {
        yield return new("s3:PutObject", call.ObjectArn);
        if (call.Header("x-amz-tagging") is not null)
            yield return new("s3:PutObjectTagging", call.ObjectArn);
        if (call.Header("x-amz-acl") is not null || call.RequestHeaders.Keys.Any(name => name.StartsWith("x-amz-grant-", StringComparison.OrdinalIgnoreCase)))
            yield return new("s3:PutObjectAcl", call.ObjectArn);
        if (call.Header("x-amz-object-lock-mode") is not null || call.Header("x-amz-object-lock-retain-until-date") is not null)
            yield return new("s3:PutObjectRetention", call.ObjectArn);
        if (call.Header("x-amz-object-lock-legal-hold") is not null)
            yield return new("s3:PutObjectLegalHold", call.ObjectArn);
        if (call.Header("x-amz-server-side-encryption-aws-kms-key-id") is { } key && key.Split(':') is ["arn", _, "kms", var region, ..])
            yield return new("kms:GenerateDataKey", key, new Dictionary<string, string> { ["kms:ViaService"] = $"s3.{region}.amazonaws.com" });
    }
}
