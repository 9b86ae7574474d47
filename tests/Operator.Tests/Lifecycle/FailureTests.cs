using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>Whatever fails on the way of an issuance: the status tells, and does not go on to say what it said before.</summary>
public abstract partial class FailureTests(IApiServer server)
{
    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task Expired_credentials_are_not_Ready_while_the_API_server_fails_with_Secrets(string verb)
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(20));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        Fail(scene, verb);

        var renewing = await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is not null, "the failing renewal is told");
        Message(renewing, "RenewalFailing").ShouldBe("ApiServerFailed: the API server answered a request of the operator with status 500: the operator's log tells more");
        var expired = await scene.ReadyAsync("export", "Pending");
        Scene.Condition(expired, "Ready")!["status"]!.GetValue<string>().ShouldBe("False");

        scene.Proxy.Before = null;
        var healed = await scene.ReadyAsync("export");
        Scene.Condition(healed, "RenewalFailing").ShouldBeNull();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    public async Task A_first_issuance_that_fails_is_told_and_costs_one_STS_call_in_the_end(string verb)
    {
        await using var scene = await Scene.SetAsync(server);
        Fail(scene, verb);
        scene.StartOperator();
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "Pending");
        Message(status, "Ready").ShouldContain("status 500");
        Scene.Condition(status, "Reconciling")!["status"]!.GetValue<string>().ShouldBe("True");

        scene.Proxy.Before = null;
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task An_STS_to_which_no_connection_comes_about_holds_up_no_session_of_another()
    {
        const int Many = 40;
        const int Workers = 8;
        await using var mute = new TcpGate(GateState.Mute);
        await using var scene = await Scene.SetAsync(server);
        var dead = scene.Grant();
        dead["targets"]![0]!["bucket"] = "other";
        dead["session"] = new JsonObject { ["stsEndpoint"] = mute.Address("https").AbsoluteUri };
        await scene.Cluster.CreateGrantAsync($"{scene.Namespace}-dead", dead);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        foreach (var number in Enumerable.Range(0, Many))
            await scene.CreateAsync($"dead-{number}", SpecOf("other"));
        var running = scene.StartOperator("--grants", "required");

        foreach (var number in Enumerable.Range(0, Many))
            Message(await scene.ReadyAsync($"dead-{number}", "StsUnavailable"), "Ready").ShouldContain("no connection came about in time");
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        // Each worker may have gone there twice before any of them knew, and some as probes; all others neither asked nor looked at the Secret.
        var tries = await FailedTriesAsync(running);
        const int NotMade = Many - (2 * Workers);
        mute.Connections.ShouldBeInRange(1, tries - NotMade);
        scene.Proxy.Requests.Count(request => request is { Method: "GET", IsSecret: true, IsWatch: false } && request.Path.Contains("/dead-", StringComparison.Ordinal)).ShouldBeInRange(1, tries - NotMade);
    }

    [Fact]
    public async Task When_an_STS_answers_again_all_go_on_at_once_and_not_after_their_waits()
    {
        const int Many = 40;
        await using var scene = await Scene.SetAsync(server);
        await using var gate = new TcpGate(GateState.Shut, scene.Aws.Sts);
        var grant = scene.Grant();
        grant["session"] = new JsonObject { ["stsEndpoint"] = gate.Address().AbsoluteUri };
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        foreach (var number in Enumerable.Range(0, Many))
            await scene.CreateAsync($"export-{number}");
        var running = scene.StartOperator("--grants", "required");

        // After the third try each waits for up to 20 seconds. Most tries end before they are made, for what others found out.
        await Eventually.HoldsAsync(async () => await FailedTriesAsync(running) >= 3 * Many, "three tries each");
        gate.State = GateState.Open;

        var issued = new List<DateTimeOffset>();
        foreach (var number in Enumerable.Range(0, Many))
            issued.Add((await scene.ReadyAsync($"export-{number}"))["issuedAt"]!.GetValue<DateTimeOffset>());
        (issued.Max() - issued.Min()).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        scene.StsCalls.ShouldBe(Many);
    }

    /// <summary>An admission webhook that does not answer is a 500 to those who write.</summary>
    private static void Fail(Scene scene, string verb) => scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(
        request.Method == verb && request.Path.Value!.Contains("/secrets/", StringComparison.Ordinal) ? HttpStatusCode.InternalServerError : null);

    private static async Task<int> FailedTriesAsync(OperatorProcess running)
    {
        using var http = new HttpClient { BaseAddress = await running.HttpAddressAsync() };
        return FailedTries().Matches(await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).Sum(line => int.Parse(line.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("""^uploadsession_issuances_total\{.*outcome="failed".*\} (?<count>[0-9]+)""", RegexOptions.Multiline)]
    private static partial Regex FailedTries();

    private static JsonObject SpecOf(string bucket)
    {
        var spec = Scene.Spec();
        spec["bucket"] = bucket;
        return spec;
    }

    private static string Message(JsonNode status, string condition) => Scene.Condition(status, condition)!["message"]!.GetValue<string>();
}

public sealed class EmbeddedFailureTests(EmbeddedServer server) : FailureTests(server);

public sealed class EnvtestFailureTests(EnvtestServer server) : FailureTests(server);
