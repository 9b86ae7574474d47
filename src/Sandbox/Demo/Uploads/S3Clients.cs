using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Sandbox.Demo.Cluster;

namespace Sandbox.Demo.Uploads;

/// <summary>Clients of the AWS SDK, configured from what a Secret says and nothing else.</summary>
internal static class S3Clients
{
    /// <summary>A client with the credentials that a Secret holds now.</summary>
    public static AmazonS3Client FromSecret(JsonNode secret) => Create(
        new SessionAWSCredentials(SecretView.Text(secret, "AWS_ACCESS_KEY_ID"), SecretView.Text(secret, "AWS_SECRET_ACCESS_KEY"), SecretView.Text(secret, "AWS_SESSION_TOKEN")),
        SecretView.Text(secret, "AWS_ENDPOINT_URL_S3"),
        SecretView.Text(secret, "AWS_REGION"));

    /// <summary>A client. It does not retry, so that every answer is seen.</summary>
    public static AmazonS3Client Create(AWSCredentials credentials, string endpoint, string region) => new(credentials, new AmazonS3Config
    {
        ServiceURL = endpoint,
        AuthenticationRegion = region,
        ForcePathStyle = true,
        MaxErrorRetry = 0,
        MaxStaleConnectionRetries = 0,
    });
}
