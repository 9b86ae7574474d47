using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>An operator comes back after an outage so long that every session's credentials have expired.</summary>
public sealed class Expired() : Scenario("expired")
{
    /// <summary>What the act is called.</summary>
    public const string Act = "restart, all expired";

    /// <summary>Long enough that none is renewed while all are issued, short enough to wait for.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await arena.Sts.BehaveAsync(new StsBehaviour { Life = Life }, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using (var before = arena.StartOperator())
            await arena.ReachAsync(observer, arena.Sessions, before, "before the outage", cancellationToken);
        await arena.WaitAsync(Life, "waiting for every session to expire", cancellationToken);
        await arena.Sts.BehaveAsync(new StsBehaviour(), cancellationToken);

        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        var seen = observer.Count;
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, seen + arena.Sessions, run, Act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        return [await meter.EndAsync(Act, run, observer.Since(meter.Began), cancellationToken)];
    }
}
