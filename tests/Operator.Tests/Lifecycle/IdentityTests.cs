using System.Net;
using System.Net.Sockets;
using Amazon.SecurityToken;
using Microsoft.AspNetCore.Http;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>The operator's own AWS identity is had from elsewhere, by the AWS SDK, before STS is asked.</summary>
public sealed class IdentityTests(EmbeddedServer server)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>IRSA.</summary>
    [Fact]
    public async Task A_role_assumed_with_the_token_of_a_ServiceAccount_assumes_the_roles_of_sessions()
    {
        await using var scene = await Scene.SetWithOwnRoleAsync(server);
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "operator", allow: false);
        using var token = new TemporaryFile(await scene.Cluster.TokenAsync(scene.Namespace, "operator"));

        await IssuesAsync(scene, new()
        {
            ["AWS_ROLE_ARN"] = Scene.OwnRoleArn,
            ["AWS_WEB_IDENTITY_TOKEN_FILE"] = token.Path,
            ["AWS_ENDPOINT_URL_STS"] = scene.Aws.Sts.ToString(),
        });

        scene.Aws.StsRequests.Select(request => (request.Action, request.RoleArn)).ShouldBe([("AssumeRoleWithWebIdentity", Scene.OwnRoleArn), ("AssumeRole", Scene.RoleArn)]);
    }

    /// <summary>EKS Pod Identity.</summary>
    [Fact]
    public async Task A_role_that_an_agent_on_the_node_hands_out_assumes_the_roles_of_sessions()
    {
        await using var scene = await Scene.SetWithOwnRoleAsync(server);
        using var token = new TemporaryFile("the-token-of-the-pod");
        var credentials = await OwnCredentialsAsync(scene);
        await using var agent = await AnsweringServer.StartAsync(context =>
        {
            var isAllowed = context.Request.Path == "/v1/credentials" && context.Request.Headers.Authorization == "the-token-of-the-pod";
            context.Response.StatusCode = isAllowed ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden;
            return context.Response.WriteAsync(isAllowed ? credentials : "", Cancel);
        });

        await IssuesAsync(scene, new()
        {
            ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = new Uri(agent.Address, "v1/credentials").ToString(),
            ["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = token.Path,
        });
    }

    /// <summary>EC2 instance metadata, version 2.</summary>
    [Fact]
    public async Task A_role_of_the_instance_assumes_the_roles_of_sessions()
    {
        await using var scene = await Scene.SetWithOwnRoleAsync(server);
        var credentials = await OwnCredentialsAsync(scene);
        await using var metadata = await AnsweringServer.StartAsync(context =>
        {
            const string Roles = "/latest/meta-data/iam/security-credentials";
            context.Response.Headers["X-aws-ec2-metadata-token-ttl-seconds"] = "21600";
            var answer = (context.Request.Method, context.Request.Path.Value) switch
            {
                ("PUT", "/latest/api/token") => "a-session-token",
                ("GET", Roles) => "operator",
                ("GET", Roles + "/operator") when context.Request.Headers["X-aws-ec2-metadata-token"] == "a-session-token" => credentials,
                _ => null,
            };
            context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
            return context.Response.WriteAsync(answer ?? "", Cancel);
        });

        await IssuesAsync(scene, new() { ["AWS_EC2_METADATA_DISABLED"] = "false", ["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = metadata.Address.GetLeftPart(UriPartial.Authority) });
    }

    /// <summary>A profile that names a role and whose keys assume it.</summary>
    [Fact]
    public async Task A_role_that_a_profile_names_assumes_the_roles_of_sessions()
    {
        await using var scene = await Scene.SetWithOwnRoleAsync(server);
        using var profiles = new TemporaryFile(
            $"""
             [profile operator]
             role_arn = {Scene.OwnRoleArn}
             source_profile = keys
             region = us-east-1
             [profile keys]
             aws_access_key_id = {scene.Aws.AccessKeyId}
             aws_secret_access_key = {scene.Aws.SecretAccessKey}
             """);

        await IssuesAsync(scene, new() { ["AWS_CONFIG_FILE"] = profiles.Path, ["AWS_PROFILE"] = "operator", ["AWS_ENDPOINT_URL_STS"] = scene.Aws.Sts.ToString() });

        scene.Aws.StsRequests.Select(request => request.RoleArn).ShouldBe([Scene.OwnRoleArn, Scene.RoleArn]);
    }

    [Fact]
    public async Task A_refused_role_of_the_operator_is_told_as_that_and_not_as_an_STS_that_is_silent()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var refusing = await AnsweringServer.StartAsync(403, "text/xml", "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
        using var token = new TemporaryFile("eyJh.eyJi.c");
        scene.StartOperator(new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "",
            ["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/operator",
            ["AWS_WEB_IDENTITY_TOKEN_FILE"] = token.Path,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL_STS"] = refusing.Address.ToString(),
        });
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "AssumeRoleDenied");

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldStartWith("NoCredentials: ");
    }

    /// <summary>As Pod Identity's agent may, and the metadata service of an instance. The SDK itself waits for minutes there, and for the latter on its caller's thread.</summary>
    [Theory]
    [InlineData("AWS_CONTAINER_CREDENTIALS_FULL_URI", "/v1/credentials")]
    [InlineData("AWS_EC2_METADATA_SERVICE_ENDPOINT", "")]
    public async Task Whoever_gives_credentials_and_says_nothing_holds_no_worker_for_long(string variable, string path)
    {
        await using var scene = await Scene.SetAsync(server);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        scene.StartOperator(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "", ["AWS_EC2_METADATA_DISABLED"] = "false", [variable] = $"http://{silent.LocalEndpoint}{path}" },
            "--workers", "1");
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "StsUnavailable", within: TimeSpan.FromSeconds(45));

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldStartWith("Timeout: ");
    }

    private static async Task IssuesAsync(Scene scene, Dictionary<string, string> identity)
    {
        scene.StartOperator(new Dictionary<string, string>(identity) { ["AWS_ACCESS_KEY_ID"] = "", ["AWS_REGION"] = "us-east-1" });
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
    }

    /// <summary>Credentials of the operator's role as the metadata services of AWS write them.</summary>
    private static async Task<string> OwnCredentialsAsync(Scene scene)
    {
        using var sts = new AmazonSecurityTokenServiceClient(scene.Aws.AccessKeyId, scene.Aws.SecretAccessKey, new AmazonSecurityTokenServiceConfig { ServiceURL = scene.Aws.Sts.ToString() });
        var own = (await sts.AssumeRoleAsync(new() { RoleArn = Scene.OwnRoleArn, RoleSessionName = "node" }, Cancel)).Credentials;
        return $$"""{"Code":"Success","LastUpdated":"2026-01-01T00:00:00Z","Type":"AWS-HMAC","AccessKeyId":"{{own.AccessKeyId}}","SecretAccessKey":"{{own.SecretAccessKey}}","Token":"{{own.SessionToken}}","Expiration":"{{own.Expiration:yyyy-MM-ddTHH:mm:ssZ}}"}""";
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string content) => File.WriteAllText(Path, content);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
