using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.HighAvailability;

/// <summary>A leader that dies in the middle of its work.</summary>
[Collection(nameof(Failover))]
public sealed class EnvtestCrashTests(EnvtestServer server)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Only_what_was_between_STS_and_its_Secret_is_issued_twice()
    {
        const int Sessions = 60;
        const int Workers = 8;
        await using var scene = await Scene.SetAsync(server);
        await using var replicas = new Replicas(scene, server, 2, Lease);
        var leader = await replicas.LeaderAsync();
        var calls = 0;
        var killed = new TaskCompletionSource();
        using var slow = scene.Aws.Faults.Intercept(call =>
        {
            // Every worker is waiting for STS, or has just been answered.
            if (call.Action == "AssumeRole" && Interlocked.Increment(ref calls) == Sessions / 2)
                killed.TrySetResult();
            return call.Action == "AssumeRole" ? new Fault.Delay(TimeSpan.FromMilliseconds(20)) : null;
        });
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(i => scene.CreateAsync($"session-{i}")));
        await killed.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await leader.Process.KillAsync();

        for (var i = 0; i < Sessions; i++)
            await scene.ReadyAsync($"session-{i}");

        scene.StsCalls.ShouldBeInRange(Sessions, Sessions + Workers);
    }
}
