using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>An STS that throttles, and an operator that was not told: it must find the rate by itself.</summary>
public sealed class Throttled() : Scenario("throttled")
{
    /// <summary>What the act is called.</summary>
    public const string Act = "STS throttles at 20/s";

    private const double PerSecond = 20;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await arena.Sts.BehaveAsync(new StsBehaviour { PerSecond = PerSecond }, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);

        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator("--sts-rate", "100");
        await arena.ReachAsync(observer, arena.Sessions, run, Act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        return [await meter.EndAsync(Act, run, observer.Since(meter.Began), cancellationToken)];
    }
}
