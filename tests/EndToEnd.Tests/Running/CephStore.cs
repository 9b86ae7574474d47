using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace EndToEnd.Tests.Running;

/// <summary>What the tests find on Ceph: two buckets and some roles.</summary>
public sealed class CephStore : IAsyncLifetime
{
    public const string Bucket = "landing";
    public const string OtherBucket = "other";

    private readonly FreshConnections _connections = new();
    private AmazonS3Client? _admin;

    public CephServer Server { get; } = new();

    /// <summary>May do everything with both buckets, so that what is denied is denied by the session policy.</summary>
    public CephRole Wide { get; } = CephRole.OfUser("wide", "caller", "s3:*", "*");

    /// <summary>May upload to one folder.</summary>
    public CephRole Narrow { get; } = CephRole.OfUser("narrow", "caller", "s3:PutObject", $"arn:aws:s3:::{Bucket}/narrow/*");

    /// <summary>Does not trust the operator's identity.</summary>
    public CephRole Closed { get; } = CephRole.OfUser("closed", "stranger", "s3:*", "*");

    /// <summary>Past every policy.</summary>
    public AmazonS3Client Admin => _admin!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        if (Server.Missing is not null)
            return;
        var cancellation = TestContext.Current.CancellationToken;
        _admin = new AmazonS3Client(new BasicAWSCredentials(Server.Admin.AccessKeyId, Server.Admin.SecretAccessKey), ClientConfig());
        await Task.WhenAll(new[] { Wide, Narrow, Closed }.Select(role => Server.CreateRoleAsync(role, cancellation)));
        foreach (var bucket in new[] { Bucket, OtherBucket })
            await _admin.PutBucketAsync(new PutBucketRequest { BucketName = bucket, ObjectLockEnabledForBucket = true }, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        _connections.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>For clients with credentials from elsewhere than a Secret.</summary>
    public AmazonS3Config ClientConfig()
    {
        var config = new AmazonS3Config { ServiceURL = Server.Address.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true, MaxErrorRetry = 0 };
        Configure(config);
        return config;
    }

    /// <summary>What clients of this store need to be told.</summary>
    public void Configure(AmazonS3Config config)
    {
        // The SDK's own checksums come in trailers, which this release answers with XAmzContentSHA256Mismatch.
        config.RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED;
        config.ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED;
        config.HttpClientFactory = _connections;
    }
}
