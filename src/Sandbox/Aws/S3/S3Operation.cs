namespace Sandbox.Aws.S3;

/// <summary>The S3 API calls that are answered (Amazon S3 API Reference, "Actions").</summary>
internal enum S3Operation
{
    Unsupported,
    ListBuckets,
    HeadBucket,
    GetBucketLocation,
    ListObjects,
    ListObjectsV2,
    ListMultipartUploads,
    DeleteObjects,
    PutObject,
    CopyObject,
    GetObject,
    HeadObject,
    DeleteObject,
    CreateMultipartUpload,
    UploadPart,
    UploadPartCopy,
    CompleteMultipartUpload,
    AbortMultipartUpload,
    ListParts,
    PutObjectTagging,
    GetObjectTagging,
    PutObjectAcl,
    GetObjectAcl,
    PutObjectRetention,
    GetObjectRetention,
    PutObjectLegalHold,
    GetObjectLegalHold,
}
