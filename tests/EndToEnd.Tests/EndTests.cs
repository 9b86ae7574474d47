using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>How access ends.</summary>
public sealed class EndTests(EmbeddedServer server, CephStore store)
{
    [Fact]
    public async Task At_the_sessions_end_access_is_gone_though_the_credentials_would_live_on()
    {
        await using var scene = await CephScene.SetWithRelayAsync(server, store);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await scene.EndSoonAsync("export");
        var end = (await scene.Cluster.SessionAsync(scene.Namespace, "export"))!["spec"]!["endsAt"]!.GetValue<DateTimeOffset>();
        using var kept = await scene.ClientAsync("export");
        (await CephScene.PutAsync(kept, scene.Prefix + "a")).ShouldBe("OK");

        await Eventually.HoldsAsync(async () => await CephScene.PutAsync(kept, scene.Prefix + "a") != "OK", "uploads are refused");

        TimeProvider.System.GetUtcNow().ShouldBeInRange(end, end.AddSeconds(2));
        await scene.ReadyAsync("export", "Ended");
        (await scene.SecretAsync("export")).ShouldBeNull();
        (await CephScene.PutAsync(kept, scene.Prefix + "a")).ShouldBe("Denied");
        // STS gave 15 minutes: what ended access is the policy.
        scene.Sts.Calls[^1].Expiration!.Value.ShouldBeGreaterThan(end.AddMinutes(10));
    }

    [Fact]
    public async Task Expired_credentials_are_refused()
    {
        await using var scene = await CephScene.SetWithRelayAsync(server, store, life: TimeSpan.FromSeconds(3));
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await running.KillAsync();
        using var kept = await scene.ClientAsync("export");
        (await CephScene.PutAsync(kept, scene.Prefix + "a")).ShouldBe("OK");
        var expiration = scene.Sts.Calls[^1].Expiration!.Value;

        await Eventually.HoldsAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() > expiration.AddSeconds(1)), "the credentials expire");

        (await CephScene.PutAsync(kept, scene.Prefix + "a")).ShouldBe("Denied");
    }
}
