namespace UploadSessions.Policy;

/// <summary>The IAM actions behind each <see cref="Access"/> (Service Authorization Reference, "Amazon S3" and "AWS KMS").</summary>
internal static class AccessActions
{
    private static readonly (Access Access, string[] Actions)[] Objects =
    [
        (Access.Put | Access.Upload, ["s3:PutObject"]),
        (Access.Upload, ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]),
        (Access.Download, ["s3:GetObject"]),
        (Access.Delete, ["s3:DeleteObject"]),
        (Access.Tag, ["s3:PutObjectTagging"]),
        (Access.Acl, ["s3:PutObjectAcl"]),
        (Access.Retain, ["s3:PutObjectRetention", "s3:PutObjectLegalHold"]),
    ];

    /// <summary>What uploads to and downloads from SSE-KMS need: a multipart upload decrypts its own parts.</summary>
    public static IReadOnlyList<string> OnKey { get; } = ["kms:GenerateDataKey", "kms:Decrypt"];

    /// <summary>The actions on objects, each once, in a fixed order.</summary>
    public static IEnumerable<string> OnObjects(Access access) =>
        Objects.Where(row => (row.Access & access) != 0).SelectMany(row => row.Actions);
}
