using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using Sandbox.Aws;

namespace Operator.Tests.Running;

/// <summary>A stage with an STS and S3 of its own, those of the sandbox.</summary>
public sealed class Scene : Stage
{
    public const string RoleArn = "arn:aws:iam::123456789012:role/uploads";
    public const string OwnRoleArn = "arn:aws:iam::123456789012:role/operator";
    public const string TenantRoleArn = "arn:aws:iam::123456789012:role/tenant";
    public const string Bucket = "landing";

    /// <summary>Constraints that every API server takes and the operator refuses: bits are set beyond the length of the CIDR's prefix.</summary>
    public const string InvalidConstraints = """{"sourceIps":["203.0.113.1/24"]}""";

    private const string AllOfS3 = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";

    private Scene(OwnNamespace home, AwsServer aws)
        : base(home) => Aws = aws;

    public AwsServer Aws { get; }

    /// <summary>STS calls that reached the server, failed ones included.</summary>
    public int StsCalls => Aws.StsRequests.Count;

    protected override ObjectStore Store => new(Aws.Sts, Aws.S3, Aws.AccessKeyId, Aws.SecretAccessKey);

    public static async Task<Scene> SetAsync(IApiServer server, TimeSpan? credentialLife = null, Func<string, OperatorManifests>? install = null)
    {
        var home = await OwnNamespace.CreateAsync(server, install);
        var aws = await AwsServer.StartAsync(
            new AwsServerOptions
            {
                Buckets = [Bucket, "other"],
                CredentialLifetime = credentialLife,
                Roles = [new SandboxRole { Arn = RoleArn, PermissionPolicy = AllOfS3 }],
            },
            TestContext.Current.CancellationToken);
        return new Scene(home, aws);
    }

    /// <summary>A scene whose STS knows the cluster's issuer as an OIDC provider, and a role that trusts one ServiceAccount and nobody else.</summary>
    /// <param name="server">The API server.</param>
    /// <param name="audience">The one client id of the provider, and what the role's trust policy asks for.</param>
    /// <param name="keySet">The issuer's keys as the provider finds them; null: as the API server publishes them.</param>
    public static async Task<Scene> SetWithServiceAccountsAsync(IApiServer server, string audience, Func<Task<string>>? keySet = null)
    {
        var home = await OwnNamespace.CreateAsync(server);
        var issuer = await home.Cluster.IssuerAsync();
        var aws = await AwsServer.StartAsync(
            new AwsServerOptions
            {
                Buckets = [Bucket],
                OidcProviders = [new OidcProvider { Issuer = issuer, ClientIds = [audience], KeySet = _ => keySet is null ? home.Cluster.KeySetAsync() : keySet() }],
                Roles =
                [
                    new SandboxRole
                    {
                        Arn = TenantRoleArn,
                        TrustedCaller = "arn:aws:iam::123456789012:user/nobody",
                        WebIdentity = new(issuer, audience, $"system:serviceaccount:{home.Name}:exporter"),
                        PermissionPolicy = AllOfS3,
                    },
                ],
            },
            TestContext.Current.CancellationToken);
        return new Scene(home, aws);
    }

    /// <summary>A scene in which a role of the operator's own, and nobody else, may assume the role of the sessions; a ServiceAccount of the cluster may assume that role.</summary>
    public static async Task<Scene> SetWithOwnRoleAsync(IApiServer server)
    {
        var home = await OwnNamespace.CreateAsync(server);
        var issuer = await home.Cluster.IssuerAsync();
        var aws = await AwsServer.StartAsync(
            new AwsServerOptions
            {
                Buckets = [Bucket],
                OidcProviders = [new OidcProvider { Issuer = issuer, ClientIds = [issuer], KeySet = _ => home.Cluster.KeySetAsync() }],
                Roles =
                [
                    new SandboxRole
                    {
                        Arn = OwnRoleArn,
                        WebIdentity = new(issuer, issuer, $"system:serviceaccount:{home.Name}:operator"),
                        PermissionPolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}""",
                    },
                    new SandboxRole { Arn = RoleArn, TrustedCaller = OwnRoleArn, PermissionPolicy = AllOfS3 },
                ],
            },
            TestContext.Current.CancellationToken);
        return new Scene(home, aws);
    }

    /// <summary>A spec that can be issued.</summary>
    public static JsonObject Spec(string prefix = "in/") => new() { ["roleArn"] = RoleArn, ["bucket"] = Bucket, ["prefix"] = prefix };

    /// <summary>A grant that allows this namespace what <see cref="Spec"/> asks for.</summary>
    public JsonObject Grant() => new()
    {
        ["namespaces"] = new JsonObject { ["names"] = new JsonArray(Namespace) },
        ["roleArns"] = new JsonArray(RoleArn),
        ["targets"] = new JsonArray(new JsonObject { ["bucket"] = Bucket, ["prefix"] = "in/", ["access"] = new JsonArray("Upload") }),
    };

    /// <summary>What was asked of the API server, but for lists, watches and leases: verbs and kinds, in order.</summary>
    public string[] OnBehalfOfSessions()
    {
        string[] requests =
        [
            .. Proxy.Requests
                .Where(request => !request.IsWatch && !request.IsLease && request.Path.Contains("/namespaces/", StringComparison.Ordinal))
                .Select(request => $"{request.Method} {request.Path.Split('/').SkipWhile(part => part != "namespaces").ElementAt(2)}"),
        ];
        // A server may end a watch at any time, and kube-apiserver does soon after the kind has come. While there is none, the session is looked at before it is issued.
        return Output.Contains("Watching uploadsessions failed", StringComparison.Ordinal)
            ? [.. requests.Where((request, at) => request != "GET uploadsessions" || requests.ElementAtOrDefault(at - 1) != "GET secrets")]
            : requests;
    }

    public Task<JsonNode> CreateAsync(string name) => CreateAsync(name, Spec());

    /// <summary>Uploads and tells what came back: OK, or the error code.</summary>
    public static async Task<string> PutAsync(AmazonS3Client client, string key, string bucket = Bucket)
    {
        try
        {
            await client.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "x" }, TestContext.Current.CancellationToken);
            return "OK";
        }
        catch (AmazonS3Exception refused)
        {
            return refused.ErrorCode;
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Aws.DisposeAsync();
    }
}
