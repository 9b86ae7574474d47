using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>What the operator asks of its servers, counted there.</summary>
public abstract class BudgetTests(IApiServer server)
{
    private static readonly string[] OneIssuance = ["GET secrets", "PATCH secrets", "PATCH uploadsessions"];

    [Fact]
    public async Task One_issuance_costs_one_STS_call_one_look_and_two_writes()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        scene.OnBehalfOfSessions().ShouldBe(OneIssuance);
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>The status names the version of the session that it was made of: somebody labels that one while it is written.</summary>
    [Fact]
    public async Task A_session_that_changes_while_its_status_is_written_costs_one_look_and_another_write()
    {
        await using var scene = await Scene.SetAsync(server);
        var changed = false;
        scene.Proxy.Before = async request =>
        {
            if (!changed && request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                changed = true;
                await scene.PatchAsync("export", """{"metadata":{"labels":{"theirs":"x"}}}""");
            }

            return null;
        };
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        scene.OnBehalfOfSessions().ShouldBe([.. OneIssuance, "GET uploadsessions", "PATCH uploadsessions"]);
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_rotation_costs_as_much_and_writes_no_event()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(20));
        scene.StartOperator();
        await scene.CreateAsync("export");

        await scene.StatusAsync("export", status => status["rotations"]?.GetValue<int>() == 2, "two rotations");

        // The next rotation may have begun meanwhile: it is not done yet, so its three requests are not all there.
        scene.OnBehalfOfSessions().Take(3 * 3).ShouldBe(Enumerable.Repeat(OneIssuance, 3).SelectMany(one => one), scene.Output);
        scene.StsCalls.ShouldBeInRange(3, 4);
        (await scene.Cluster.EventsAsync(scene.Namespace)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_with_valid_credentials_calls_STS_never_and_writes_nothing()
    {
        await using var scene = await Scene.SetAsync(server);
        var first = scene.StartOperator();
        foreach (var name in new[] { "a", "b", "c" })
            await scene.CreateAsync(name);
        foreach (var name in new[] { "a", "b", "c" })
            await scene.ReadyAsync(name);
        (await first.StopAsync()).ShouldBe(0);
        scene.Proxy.Forget();

        scene.StartOperator();
        // A session made after the restart is done after the three: once it is ready, they were looked at.
        await scene.CreateAsync("z");
        await scene.ReadyAsync("z");

        scene.OnBehalfOfSessions().ShouldBe(OneIssuance);
        scene.StsCalls.ShouldBe(4);
    }

    /// <summary>Two replicas may both lead for a moment, and a cache may lag: the live look decides.</summary>
    [Fact]
    public async Task A_Secret_that_another_replica_wrote_since_the_plan_was_made_is_not_issued_again()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var late = await ApiProxy.StartAsync(server, scene.Namespace, TestContext.Current.CancellationToken);
        late.Before = async request =>
        {
            if (request.Path.Value!.EndsWith("/secrets/export", StringComparison.Ordinal) && scene.StsCalls == 0)
            {
                var other = scene.StartOperator();
                await scene.ReadyAsync("export");
                await other.StopAsync();
            }

            return null;
        };
        scene.StartOperator(late);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        // The other replica has ended by then: this one goes on alone.
        await Eventually.HoldsAsync(() => Task.FromResult(late.Requests.Any(request => request.IsSecret && request.Path.EndsWith("/export", StringComparison.Ordinal))), "the live look is over");
        await scene.CreateAsync("z");
        await scene.ReadyAsync("z");

        late.Requests.ShouldNotContain(request => request.Method == "PATCH" && request.Path.EndsWith("/secrets/export", StringComparison.Ordinal));
        scene.StsCalls.ShouldBe(2);
    }

    [Fact]
    public async Task Secrets_are_only_ever_read_as_metadata()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        var onSecrets = scene.Proxy.Requests.Where(request => request.IsSecret).ToList();
        onSecrets.ShouldNotBeEmpty();
        onSecrets.ShouldAllBe(request => request.Accept.Contains("as=PartialObjectMetadata", StringComparison.Ordinal));
        onSecrets.Where(request => request.Method == "GET" && !request.Path.Contains("/secrets/", StringComparison.Ordinal))
            .ShouldAllBe(request => request.Query.Contains("labelSelector=uploadsession.io%2Fmanaged", StringComparison.Ordinal));
    }
}

public sealed class EmbeddedBudgetTests(EmbeddedServer server) : BudgetTests(server);

public sealed class EnvtestBudgetTests(EnvtestServer server) : BudgetTests(server);
