namespace UploadSessions.Policy;

/// <summary>Where objects go: a bucket by name, or an access point by ARN.</summary>
/// <param name="Value">The name or ARN as written; what S3 clients take as "bucket".</param>
/// <param name="ListArn">The ARN that s3:ListBucket applies to.</param>
/// <param name="ObjectArnPrefix">The ARN that a key is appended to, ending in <c>/</c>.</param>
public sealed record BucketTarget(string Value, string ListArn, string ObjectArnPrefix);
