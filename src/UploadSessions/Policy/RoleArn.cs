namespace UploadSessions.Policy;

/// <summary>A role ARN that was checked.</summary>
/// <param name="Value">The ARN as written.</param>
/// <param name="Partition">The partition used for the ARNs of rendered policies: <c>aws</c>, <c>aws-cn</c>, … ; <c>aws</c> for roles of S3-compatible stores.</param>
/// <param name="AccountId">The 12-digit account; empty for roles of S3-compatible stores.</param>
public sealed record RoleArn(string Value, string Partition, string AccountId);
