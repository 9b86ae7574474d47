using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>The process: health, leadership, start and stop.</summary>
public abstract class ProcessTests(IApiServer server)
{
    [Fact]
    public async Task A_follower_takes_over_when_the_leader_stops_and_nothing_is_issued_twice()
    {
        await using var scene = await Scene.SetAsync(server);
        var leader = scene.StartOperator(Electing(scene));
        await scene.CreateAsync("first");
        await scene.ReadyAsync("first");
        var follower = scene.StartOperator(Electing(scene));
        await IsReadyAsync(await follower.HttpAddressAsync());

        (await leader.StopAsync()).ShouldBe(0);
        await scene.CreateAsync("second");
        await scene.ReadyAsync("second");

        scene.StsCalls.ShouldBe(2);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way_and_gives_the_lease_back()
    {
        await using var scene = await Scene.SetAsync(server);
        var (arrived, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.Proxy.Before = async request =>
        {
            if (request.Method == "PATCH" && request.Path.Value!.Contains("/secrets/", StringComparison.Ordinal))
            {
                arrived.TrySetResult();
                await released.Task;
            }

            return null;
        };
        var leader = scene.StartOperator(Electing(scene));
        await scene.CreateAsync("first");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        var stopping = leader.StopAsync();
        // Longer than the patience of the command line's library, and shorter than the operator's.
        await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System, TestContext.Current.CancellationToken));
        released.SetResult();

        (await stopping).ShouldBe(0);
        (await scene.SecretAsync("first")).ShouldNotBeNull();
        scene.StartOperator(Electing(scene));
        await scene.CreateAsync("second");
        await scene.ReadyAsync("second");
    }

    [Fact]
    public async Task A_request_that_somebody_sent_half_of_does_not_hold_up_the_lease()
    {
        await using var scene = await Scene.SetAsync(server);
        var leader = scene.StartOperator(Electing(scene));
        await scene.CreateAsync("first");
        await scene.ReadyAsync("first");
        var follower = scene.StartOperator(Electing(scene));
        await IsReadyAsync(await follower.HttpAddressAsync());
        var address = await leader.HttpAddressAsync();
        using var half = new TcpClient();
        await half.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await half.GetStream().WriteAsync("GET /healthz HT"u8.ToArray(), TestContext.Current.CancellationToken);

        var stopping = leader.StopAsync();
        await Eventually.HoldsAsync(() => Task.FromResult(follower.Output.Contains(" leads: it holds the lease")), "the follower leads");

        stopping.IsCompleted.ShouldBeFalse("the request holds up the end of the process");
        half.Close();
        (await stopping).ShouldBe(0);
    }

    /// <summary>As with the kubeconfig of a managed cluster.</summary>
    [Fact]
    public async Task A_credential_plugin_gives_the_token()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartWithPlugin();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
    }

    [Fact]
    public async Task Health_and_metrics_are_served_and_ready_waits_for_the_caches()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.Proxy.Before = _ => Task.FromResult<HttpStatusCode?>(HttpStatusCode.ServiceUnavailable);
        var running = scene.StartOperator();
        using var http = new HttpClient { BaseAddress = await running.HttpAddressAsync() };

        (await http.GetAsync("/healthz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await http.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        scene.Proxy.Before = null;
        await IsReadyAsync(http.BaseAddress);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        // A reconcile counts once it is over, a moment after the status that it wrote; a scrape may be answered from one before.
        foreach (var name in new[] { "uploadsession_sessions{", "uploadsession_issuances_total{", "uploadsession_sts_request_duration_seconds_bucket{", "kubernetes_writes_total{", "controller_runtime_reconcile_total{", "workqueue_depth{", "rest_client_requests_total{" })
            await Eventually.HoldsAsync(async () => (await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Contains(name, StringComparison.Ordinal), $"{name} is scraped", TimeSpan.FromSeconds(30));
        (await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ShouldMatch("uploadsession_sts_request_duration_seconds_bucket.*le=\"0.25\"", "seconds need boundaries below one");
    }

    /// <summary>For people and for jq: no escapes but those that JSON needs, and times as Kubernetes writes them.</summary>
    [Fact]
    public async Task A_line_of_the_log_says_what_was_issued_and_until_when()
    {
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        var status = await scene.ReadyAsync("export");

        var expected = $"Issued credentials for {scene.Namespace}/export (First): {status["accessKeyId"]}, valid until {status["expiresAt"]}";
        await Eventually.HoldsAsync(() => Task.FromResult(running.Output.Contains(expected)), expected);
        var line = running.Output.Split('\n').First(line => line.Contains(expected));
        JsonNode.Parse(line)!["State"]!["ExpiresAt"]!.GetValue<string>().ShouldBe(status["expiresAt"]!.GetValue<string>());
        line.ShouldNotContain("\\u00");
    }

    [Fact]
    public async Task Bad_options_end_the_process_with_the_flag_to_change()
    {
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator("--workers", "0");
        (await running.ExitAsync()).ShouldBe(2);
        running.Output.ShouldContain("--workers");
        running.Output.ShouldContain("UPLOAD_SESSION_OPERATOR_WORKERS");
    }

    [Fact]
    public async Task A_kubeconfig_that_cannot_be_used_ends_the_process_with_the_flag_to_change()
    {
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator("--kubeconfig", "/nowhere/kubeconfig");
        (await running.ExitAsync()).ShouldBe(2);
        running.Output.ShouldContain("--kubeconfig");
        running.Output.ShouldContain("/nowhere/kubeconfig");
    }

    /// <summary>The lease outlasts a test: nobody else leads unless it was given back.</summary>
    private static string[] Electing(Scene scene) =>
        ["--leader-elect", "true", "--leader-election-namespace", scene.Namespace, "--leader-election-lease-duration", "10m"];

    private static async Task IsReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        await Eventually.HoldsAsync(async () => (await http.GetAsync("/readyz")).StatusCode == HttpStatusCode.OK, "the operator is ready");
    }
}

public sealed class EmbeddedProcessTests(EmbeddedServer server) : ProcessTests(server);

public sealed class EnvtestProcessTests(EnvtestServer server) : ProcessTests(server);
