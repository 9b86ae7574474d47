using System.Net;
using System.Net.Sockets;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>The operator's own AWS identity is had from elsewhere, by the AWS SDK, before STS is asked.</summary>
public sealed class IdentityTests(EmbeddedServer server)
{
    [Fact]
    public async Task A_refused_role_of_the_operator_is_told_as_that_and_not_as_an_STS_that_is_silent()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var refusing = await AnsweringServer.StartAsync(403, "text/xml", "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
        var token = Path.GetTempFileName();
        await File.WriteAllTextAsync(token, "eyJh.eyJi.c", TestContext.Current.CancellationToken);
        scene.StartOperator(new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = "",
            ["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/operator",
            ["AWS_WEB_IDENTITY_TOKEN_FILE"] = token,
            ["AWS_REGION"] = "us-east-1",
            ["AWS_ENDPOINT_URL_STS"] = refusing.Address.ToString(),
        });
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "AssumeRoleDenied");

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldStartWith("NoCredentials: ");
        File.Delete(token);
    }

    /// <summary>As Pod Identity's agent may. The SDK itself waits for minutes there.</summary>
    [Fact]
    public async Task Whoever_gives_credentials_and_says_nothing_holds_no_worker_for_long()
    {
        await using var scene = await Scene.SetAsync(server);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        scene.StartOperator(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "", ["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{silent.LocalEndpoint}/v1/credentials" },
            "--workers", "1");
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "StsUnavailable", within: TimeSpan.FromSeconds(45));

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldStartWith("Timeout: ");
    }
}
