using Operator.Tests.Running;
using UploadSessions;

namespace Operator.Tests.Lifecycle;

/// <summary>A session's end, and the operator's absence.</summary>
public abstract class EndTests(IApiServer server)
{
    [Fact]
    public async Task At_its_end_a_session_loses_access_and_Secret()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var issued = await scene.EndSoonAsync("export");
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");

        var ended = await scene.ReadyAsync("export", "Ended");

        Scene.Condition(ended, "Stalled")!["status"]!.GetValue<string>().ShouldBe("True");
        (await scene.SecretAsync("export")).ShouldBeNull();
        // STS issued for 15 minutes at least: it is the policy that ends access.
        (await Scene.PutAsync(client, "in/a")).ShouldBe("AccessDenied");
        issued["expiresAt"]!.GetValue<DateTimeOffset>().ShouldBeLessThan(issued["issuedAt"]!.GetValue<DateTimeOffset>().AddMinutes(1));
    }

    [Fact]
    public async Task A_session_whose_end_passed_while_the_operator_was_down_is_ended_at_its_return()
    {
        await using var scene = await Scene.SetAsync(server);
        var first = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await scene.EndSoonAsync("export");
        await first.KillAsync();
        var end = (await scene.Cluster.SessionAsync(scene.Namespace, "export"))!["spec"]!["endsAt"]!.GetValue<DateTimeOffset>();
        await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > end), "the end passes");

        scene.StartOperator();
        await scene.ReadyAsync("export", "Ended");

        (await scene.SecretAsync("export")).ShouldBeNull();
        scene.StsCalls.ShouldBe(2);
    }

    [Fact]
    public async Task A_lifetime_counts_from_creation()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        var created = (await scene.CreateAsync("export"))["metadata"]!["creationTimestamp"]!.GetValue<DateTimeOffset>();
        await scene.ReadyAsync("export");
        var lifetime = (int)(TimeProvider.System.GetUtcNow() - created).TotalSeconds + 4;

        await scene.PatchAsync("export", $$"""{"spec":{ "lifetime":"{{lifetime}}s" } }""");
        var ended = await scene.ReadyAsync("export", "Ended");

        Scene.Condition(ended, "Ready")!["message"]!.GetValue<string>().ShouldContain(Rfc3339.Format(created.AddSeconds(lifetime)));
        (await scene.SecretAsync("export")).ShouldBeNull();
    }

    [Fact]
    public async Task An_end_in_the_past_is_an_end_and_no_error()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        var spec = Scene.Spec();
        spec["endsAt"] = "2020-01-01T00:00:00Z";
        await scene.CreateAsync("export", spec);
        await scene.ReadyAsync("export", "Ended");
        scene.StsCalls.ShouldBe(0);
    }

    [Fact]
    public async Task After_an_outage_past_expiry_the_most_urgent_is_served_first()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(3));
        var first = scene.StartOperator();
        foreach (var name in new[] { "c", "a", "b" })
        {
            await scene.CreateAsync(name);
            await scene.ReadyAsync(name);
            // Whole seconds order the expiries.
            var issued = (await scene.ReadyAsync(name))["issuedAt"]!.GetValue<DateTimeOffset>();
            await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > issued.AddSeconds(1)), "the next second");
            await scene.PatchAsync(name, """{"spec":{"suspend":true}}""");
        }

        await first.KillAsync();
        foreach (var name in new[] { "a", "b", "c" })
            await scene.PatchAsync(name, """{"spec":{"suspend":false}}""");
        var expiries = new Dictionary<string, DateTimeOffset>();
        foreach (var name in new[] { "a", "b", "c" })
            expiries[name] = (await scene.ReadyAsync(name, (await scene.Cluster.SessionAsync(scene.Namespace, name))!["status"]!["conditions"]![0]!["reason"]!.GetValue<string>()))["expiresAt"]!.GetValue<DateTimeOffset>();
        await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > expiries.Values.Max()), "all have expired");
        var before = scene.StsCalls;

        scene.StartOperator("--workers", "1");
        foreach (var name in new[] { "a", "b", "c" })
            await scene.StatusAsync(name, status => status["expiresAt"]!.GetValue<DateTimeOffset>() > expiries[name], "issued again");

        // A renewal before the suspension may give two of them the same second.
        expiries["c"].ShouldBeLessThan(expiries["b"]);
        scene.Aws.StsRequests.Skip(before).Select(call => call.SessionName!.Split('.')[^1]).Distinct().Take(3).Select(name => expiries[name]).ShouldBeInOrder();
    }

    [Fact]
    public async Task Deleting_a_session_waits_for_nobody()
    {
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await running.KillAsync();

        await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");

        (await scene.Cluster.SessionAsync(scene.Namespace, "export")).ShouldBeNull();
    }

    [Fact]
    public async Task The_Secret_goes_with_its_session()
    {
        server.RequireGarbageCollection();
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await running.KillAsync();

        await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");

        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is null, "the Secret is collected");
    }

    /// <summary>Two watches: the one of sessions may be behind.</summary>
    [Fact]
    public async Task A_Secret_that_went_with_its_session_is_not_written_anew_although_the_session_is_not_heard_of()
    {
        server.RequireGarbageCollection();
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await scene.FailWatchOfSessionsAsync(running);

        await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");
        await scene.LookedForAsync("export");
        scene.Proxy.Before = null;
        await scene.CreateAsync("later");
        await scene.ReadyAsync("later");

        scene.StsCalls.ShouldBe(2);
        (await scene.Cluster.EventsAsync(scene.Namespace)).ShouldBeEmpty();
    }
}

public sealed class EmbeddedEndTests(EmbeddedServer server) : EndTests(server);

public sealed class EnvtestEndTests(EnvtestServer server) : EndTests(server);
