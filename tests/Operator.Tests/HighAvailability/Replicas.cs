using Operator.Tests.Running;

namespace Operator.Tests.HighAvailability;

/// <summary>The replicas of one operator, kept at their number.</summary>
internal sealed class Replicas(Scene scene, IApiServer server, int count, TimeSpan lease) : IAsyncDisposable
{
    private readonly List<Replica> _running = [];
    private readonly List<Replica> _gone = [];
    private DateTimeOffset _lastHandover;

    /// <summary>Starts those that are missing, and tells who leads.</summary>
    public async Task<Replica> LeaderAsync()
    {
        while (_running.Count < count)
            _running.Add(await Replica.StartAsync(scene, server, lease));
        return await FindLeaderAsync();
    }

    /// <summary>Takes a replica that has ended out, and waits until another leads and has issued what was created since.</summary>
    /// <returns>How long nobody led after the end.</returns>
    public async Task<TimeSpan> HandOverAsync(Replica old, string session)
    {
        var ended = TimeProvider.System.GetTimestamp();
        _running.Remove(old);
        _gone.Add(old);
        var lists = _running.ToDictionary(replica => replica, replica => replica.Lists);
        var leader = await FindLeaderAsync();
        var without = TimeProvider.System.GetElapsedTime(ended);
        await scene.CreateAsync(session);
        await scene.ReadyAsync(session);
        leader.Lists.ShouldBe(lists[leader], "its caches were warm");
        WroteOneAfterTheOther(old, leader);
        return without;
    }

    private Task<Replica> FindLeaderAsync() => Eventually.GetAsync(
        async () => (await scene.Cluster.LeaseHolderAsync(scene.Namespace)) is { } holder ? _running.Find(replica => replica.IsHolder(holder)) : null,
        "one of the replicas leads",
        (lease * 2) + TimeSpan.FromSeconds(20));

    private void WroteOneAfterTheOther(Replica old, Replica leader)
    {
        var first = leader.Writes.First(write => write > _lastHandover);
        old.Writes.ShouldAllBe(write => write < first);
        _lastHandover = first;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _running.Concat(_gone))
            await replica.DisposeAsync();
    }
}
