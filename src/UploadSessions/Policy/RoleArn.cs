namespace UploadSessions.Policy;

/// <summary>A role ARN that was checked.</summary>
/// <param name="Value">The ARN as written.</param>
/// <param name="Partition">The partition used for the ARNs of rendered policies: <c>aws</c>, <c>aws-cn</c>, … ; <c>aws</c> for roles of S3-compatible stores.</param>
/// <param name="AccountId">The 12-digit account; empty for roles of S3-compatible stores.</param>
public sealed record RoleArn(string Value, string Partition, string AccountId);

/// <summary>A KMS key ARN that was checked.</summary>
/// <param name="Value">The ARN as written.</param>
/// <param name="Region">Its region.</param>
public sealed record KmsKeyArn(string Value, string Region);

/// <summary>Where objects go: a bucket by name, or an access point by ARN.</summary>
/// <param name="Value">The name or ARN as written; what S3 clients take as "bucket".</param>
/// <param name="ListArn">The ARN that s3:ListBucket applies to.</param>
/// <param name="ObjectArnPrefix">The ARN that a key is appended to, ending in <c>/</c>.</param>
public sealed record BucketTarget(string Value, string ListArn, string ObjectArnPrefix);
