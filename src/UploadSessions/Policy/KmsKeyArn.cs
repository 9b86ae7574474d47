namespace UploadSessions.Policy;

/// <summary>A KMS key ARN that was checked.</summary>
/// <param name="Value">The ARN as written.</param>
/// <param name="Region">Its region.</param>
public sealed record KmsKeyArn(string Value, string Region);
