namespace Sandbox.Aws.Faults;

/// <summary>A call that arrived, before it is carried out.</summary>
/// <param name="Service">sts or s3.</param>
/// <param name="Action">The API's name, such as AssumeRole or PutObject.</param>
/// <param name="RoleArn">The role asked for; null where the call names none.</param>
/// <param name="SessionName">The role session's name; null where the call names none.</param>
public sealed record AwsCall(string Service, string Action, string? RoleArn = null, string? SessionName = null);
