using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>The requests of a cold start without an operator, as many at once: what the servers can take.</summary>
public sealed class RawRequests() : Scenario("raw")
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using var client = await RawRun.StartAsync(arena.Server, arena.Sts, arena.Settings, cancellationToken);
        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        var before = client.Figures.CpuSeconds;
        await client.GoAsync();
        await arena.ReachAsync(observer, arena.Sessions, run: null, ColdStart.First, cancellationToken);
        await client.DoneAsync(cancellationToken);
        meter.With(Figure.Cpu, client.Figures.CpuSeconds - before);
        return [await meter.EndAsync(ColdStart.First, run: null, observer.Since(meter.Began), cancellationToken)];
    }
}
