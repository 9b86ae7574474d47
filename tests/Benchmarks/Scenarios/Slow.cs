using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>A cold start with an STS as far away as a region of AWS, of which one call in a hundred fails.</summary>
public sealed class Slow() : Scenario("slow-sts")
{
    private const string Act = "STS takes 50 ms, 1 % fail";

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await arena.Sts.BehaveAsync(new StsBehaviour { Latency = TimeSpan.FromMilliseconds(50), ErrorRate = 0.01 }, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);

        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, arena.Sessions, run, Act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        return [await meter.EndAsync(Act, run, observer.Since(meter.Began), cancellationToken)];
    }
}
