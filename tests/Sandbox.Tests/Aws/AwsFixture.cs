using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Microsoft.Extensions.Time.Testing;
using Sandbox.Aws;

namespace Sandbox.Tests.Aws;

/// <summary>A running server whose clock stands still at the real time, and the real SDK's clients for it.</summary>
public sealed class AwsFixture : IAsyncDisposable
{
    public const string Role = "arn:aws:iam::123456789012:role/uploads";
    public const string Bucket = "landing";
    public const string OtherBucket = "other";
    private readonly List<IDisposable> _clients = [];

    private AwsFixture(AwsServer server, FakeTimeProvider time) => (Server, Time) = (server, time);

    public AwsServer Server { get; }

    public FakeTimeProvider Time { get; }

    public static Task<AwsFixture> StartAsync(Func<AwsServerOptions, AwsServerOptions>? change = null) => StartAsync(RolePolicy, change);

    public static string RolePolicy => """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","kms:*"],"Resource":"*"}]}""";

    public static async Task<AwsFixture> StartAsync(string rolePolicy, Func<AwsServerOptions, AwsServerOptions>? change = null)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var options = new AwsServerOptions
        {
            TimeProvider = time,
            Roles = [new SandboxRole { Arn = Role, PermissionPolicy = rolePolicy, MaxSessionDuration = TimeSpan.FromHours(2) }],
            Buckets = [Bucket, OtherBucket],
        };
        return new(await AwsServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken), time);
    }

    public AWSCredentials Caller => new BasicAWSCredentials(Server.AccessKeyId, Server.SecretAccessKey);

    public AmazonSecurityTokenServiceClient Sts(AWSCredentials? credentials = null) => Keep(new AmazonSecurityTokenServiceClient(
        credentials ?? Caller,
        new AmazonSecurityTokenServiceConfig { ServiceURL = Server.Sts.ToString(), AuthenticationRegion = "us-east-1", MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 }));

    public AmazonS3Client S3(AWSCredentials credentials, Action<AmazonS3Config>? change = null)
    {
        var config = new AmazonS3Config { ServiceURL = Server.S3.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true, MaxErrorRetry = 0, MaxStaleConnectionRetries = 0 };
        change?.Invoke(config);
        return Keep(new AmazonS3Client(credentials, config));
    }

    public async Task<Credentials> AssumeAsync(string? policy = null, string name = "team-a.export")
    {
        var answer = await Sts().AssumeRoleAsync(
            new AssumeRoleRequest { RoleArn = Role, RoleSessionName = name, DurationSeconds = 900, Policy = policy }, TestContext.Current.CancellationToken);
        return answer.Credentials;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Server.DisposeAsync();
    }

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }
}
