using System.Net;
using System.Text;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.Lifecycle;

/// <summary>Nothing secret leaves the Secret: everything that a full run tells anybody is searched for the issued keys.</summary>
public abstract class ConfidentialityTests(IApiServer server)
{
    [Fact]
    public async Task No_log_event_status_metric_or_trace_holds_a_secret()
    {
        await using var telemetry = await OtlpReceiver.StartAsync();
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(8));
        var running = scene.StartOperator(telemetry.Environment, "--log-level", "Trace");
        var address = await running.HttpAddressAsync();
        var secrets = new HashSet<string> { scene.Aws.SecretAccessKey };

        await scene.CreateAsync("export");
        await RememberAsync(scene, secrets);
        await Eventually.HoldsAsync(
            async () =>
            {
                await RememberAsync(scene, secrets);
                return secrets.Count >= 5;
            },
            "a rotation: two secret keys and two session tokens beside the operator's own key");
        using (scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? Fault.AccessDenied : null))
        {
            await scene.PatchAsync("export", """{"spec":{"prefix":"denied/"}}""");
            await scene.StatusAsync("export", status => ChangeTests.Reason(status) is "Outdated" or "AssumeRoleDenied", "a failure");
        }

        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(request.Method == "PATCH" && request.Path.Value!.Contains("/secrets/", StringComparison.Ordinal) ? HttpStatusCode.InternalServerError : null);
        await scene.PatchAsync("export", """{"spec":{"prefix":"failing/"}}""");
        await Eventually.HoldsAsync(() => Task.FromResult(scene.Output.Contains("ApiServerFailed")), "a write that fails, with credentials in hand");
        scene.Proxy.Before = null;

        await scene.PatchAsync("export", """{"spec":{"prefix":"*bad?"}}""");
        await scene.ReadyAsync("export", "InvalidSpec");
        var told = await TellAsync(scene, address);
        await scene.PatchAsync("export", """{"spec":{"prefix":"in/","lifetime":"1s"}}""");
        await scene.ReadyAsync("export", "Ended");
        (await running.StopAsync()).ShouldBe(0);
        told += await scene.Cluster.SessionAsync(scene.Namespace, "export") + string.Concat(await scene.Cluster.EventsAsync(scene.Namespace)) + scene.Output;

        var sent = telemetry.Bodies("/v1/traces").Concat(telemetry.Bodies("/v1/metrics")).Select(Encoding.Latin1.GetString).ToList();
        told += string.Concat(sent);

        // The search would find them: identifiers that are no secrets are there, from every channel.
        told.ShouldContain(scene.Aws.StsRequests[0].IssuedAccessKeyId!);
        string.Concat(sent).ShouldContain("sts.AssumeRole");
        told.ShouldContain("uploadsession_issuances_total");
        told.ShouldContain("InvalidSpec");
        foreach (var secret in secrets)
        {
            told.ShouldNotContain(secret, Case.Sensitive);
            told.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Case.Sensitive);
        }
    }

    private static async Task RememberAsync(Scene scene, HashSet<string> secrets)
    {
        var secret = await Eventually.GetAsync(() => scene.SecretAsync("export"), "the Secret is written");
        secrets.Add(Scene.Data(secret, "AWS_SECRET_ACCESS_KEY"));
        secrets.Add(Scene.Data(secret, "AWS_SESSION_TOKEN"));
    }

    private static async Task<string> TellAsync(Scene scene, Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        return await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)
            + await scene.Cluster.SessionAsync(scene.Namespace, "export");
    }
}

public sealed class EmbeddedConfidentialityTests(EmbeddedServer server) : ConfidentialityTests(server);

public sealed class EnvtestConfidentialityTests(EnvtestServer server) : ConfidentialityTests(server);
