namespace Sandbox.Aws.S3;

/// <summary>Tells which call a request is: by method, path, and the presence of query parameters.</summary>
internal static class S3Routes
{
    // Subresources and features that are not kept here: answering as if they had been done would be a lie.
    private static readonly string[] UnsupportedParameters =
        ["policy", "lifecycle", "cors", "versioning", "versions", "website", "replication", "encryption", "notification", "logging", "restore", "select", "torrent", "attributes", "renameObject"];

    public static S3Operation Resolve(string method, string bucket, string key, S3Query query, IHeaderDictionary headers)
    {
        if (UnsupportedParameters.Any(query.Has))
            return S3Operation.Unsupported;
        if (bucket.Length == 0)
            return method == "GET" ? S3Operation.ListBuckets : S3Operation.Unsupported;
        return key.Length == 0 ? OnBucket(method, query) : OnObject(method, query, headers.ContainsKey("x-amz-copy-source"));
    }

    private static S3Operation OnBucket(string method, S3Query query) => method switch
    {
        "HEAD" => S3Operation.HeadBucket,
        "GET" when query.Has("location") => S3Operation.GetBucketLocation,
        "GET" when query.Has("uploads") => S3Operation.ListMultipartUploads,
        "GET" when query["list-type"] == "2" => S3Operation.ListObjectsV2,
        "GET" when !query.Has("acl") && !query.Has("tagging") => S3Operation.ListObjects,
        "POST" when query.Has("delete") => S3Operation.DeleteObjects,
        _ => S3Operation.Unsupported,
    };

    private static S3Operation OnObject(string method, S3Query query, bool copy) => method switch
    {
        "PUT" when query.Has("uploadId") => copy ? S3Operation.UploadPartCopy : S3Operation.UploadPart,
        "PUT" when query.Has("tagging") => S3Operation.PutObjectTagging,
        "PUT" when query.Has("acl") => S3Operation.PutObjectAcl,
        "PUT" when query.Has("retention") => S3Operation.PutObjectRetention,
        "PUT" when query.Has("legal-hold") => S3Operation.PutObjectLegalHold,
        "PUT" => copy ? S3Operation.CopyObject : S3Operation.PutObject,
        "POST" when query.Has("uploads") => S3Operation.CreateMultipartUpload,
        "POST" when query.Has("uploadId") => S3Operation.CompleteMultipartUpload,
        "DELETE" when query.Has("uploadId") => S3Operation.AbortMultipartUpload,
        "DELETE" when !query.Has("tagging") => S3Operation.DeleteObject,
        "GET" when query.Has("uploadId") => S3Operation.ListParts,
        "GET" when query.Has("tagging") => S3Operation.GetObjectTagging,
        "GET" when query.Has("acl") => S3Operation.GetObjectAcl,
        "GET" when query.Has("retention") => S3Operation.GetObjectRetention,
        "GET" when query.Has("legal-hold") => S3Operation.GetObjectLegalHold,
        "GET" => S3Operation.GetObject,
        "HEAD" => S3Operation.HeadObject,
        _ => S3Operation.Unsupported,
    };
}
