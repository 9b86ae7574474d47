using Operator.Tests.Running;

namespace Operator.Tests.HighAvailability;

/// <summary>A leader goes in each way there is, FAILOVER_ROUNDS times; another replica goes on with warm caches, and nothing is issued twice.</summary>
public abstract class FailoverTests(EnvtestServer server)
{
    protected static readonly TimeSpan Lease = TimeSpan.FromSeconds(5);

    // What a follower may need beyond the lease to notice: its period, and a machine that is busy.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    /// <summary>How many replicas there are.</summary>
    protected abstract int Count { get; }

    /// <summary>How long nobody leads in most rounds.</summary>
    protected virtual TimeSpan Usual => Lease + Slack;

    /// <summary>Makes an end of the leader, and returns once its process has ended.</summary>
    private protected abstract Task EndAsync(Replica leader);

    [Fact]
    public async Task Another_replica_takes_over_with_warm_caches_and_nothing_is_issued_twice()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var replicas = new Replicas(scene, server, Count, Lease);
        var without = new List<TimeSpan>();
        for (var round = 0; round < Failover.Rounds; round++)
        {
            var leader = await replicas.LeaderAsync();
            await EndAsync(leader);
            without.Add(await replicas.HandOverAsync(leader, $"session-{round}"));
        }

        scene.StsCalls.ShouldBe(Failover.Rounds);
        TestContext.Current.TestOutputHelper?.WriteLine($"without a leader: {string.Join(", ", without.Select(time => $"{time.TotalSeconds:0.0} s"))}");
        without.Order().ElementAt(Failover.Rounds / 2).ShouldBeLessThan(Usual);
    }
}

/// <summary>The process is killed: its lease has to run out.</summary>
[Collection(nameof(Failover))]
public sealed class EnvtestKilledLeaderTests(EnvtestServer server) : FailoverTests(server)
{
    protected override int Count => 2;

    private protected override Task EndAsync(Replica leader) => leader.Process.KillAsync();
}

/// <summary>The leader cannot reach the API server any more: it ends by itself, before its lease does.</summary>
[Collection(nameof(Failover))]
public sealed class EnvtestPartitionedLeaderTests(EnvtestServer server) : FailoverTests(server)
{
    protected override int Count => 3;

    private protected override async Task EndAsync(Replica leader)
    {
        leader.CutOff();
        (await leader.Process.ExitAsync()).ShouldNotBe(0);
        leader.Process.Output.ShouldContain("could not be renewed");
    }
}

/// <summary>The leader is told to stop: it hands the lease over.</summary>
[Collection(nameof(Failover))]
public sealed class EnvtestStoppedLeaderTests(EnvtestServer server) : FailoverTests(server)
{
    protected override int Count => 3;

    protected override TimeSpan Usual => TimeSpan.FromSeconds(1);

    private protected override async Task EndAsync(Replica leader) => (await leader.Process.StopAsync()).ShouldBe(0);
}
