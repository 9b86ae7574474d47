namespace TestServers.Running;

/// <summary>Where an operator gets credentials and what they are for, and its own identity there. Prints as redacted.</summary>
/// <param name="Sts">The address of STS.</param>
/// <param name="S3">The address of S3.</param>
/// <param name="AccessKeyId">The key of the operator's identity.</param>
/// <param name="SecretAccessKey">Its secret.</param>
public sealed record ObjectStore(Uri Sts, Uri S3, string AccessKeyId, string SecretAccessKey)
{
    public override string ToString() => $"ObjectStore {{ Sts = {Sts}, S3 = {S3}, secrets redacted }}";
}
