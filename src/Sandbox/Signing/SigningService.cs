namespace Sandbox.Signing;

/// <summary>What differs between services in Signature Version 4 (IAM User Guide, "Create a signed AWS API request").</summary>
/// <param name="Name">The service's name in the credential scope.</param>
/// <param name="IsS3">S3 encodes the path once, wants x-amz-content-sha256, every x-amz header signed, and knows chunked and unsigned payloads.</param>
public sealed record SigningService(string Name, bool IsS3)
{
    /// <summary>Amazon S3.</summary>
    public static SigningService S3 { get; } = new("s3", true);

    /// <summary>AWS STS.</summary>
    public static SigningService Sts { get; } = new("sts", false);
}
