using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>A cold start with an STS that is far away, or fails.</summary>
/// <param name="name">What the scenario is called.</param>
/// <param name="act">What is measured.</param>
/// <param name="behaviour">How STS answers.</param>
public sealed class Hindered(string name, string act, StsBehaviour behaviour) : Scenario(name)
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await arena.Sts.BehaveAsync(behaviour, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);

        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, arena.Sessions, run, act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        return [await meter.EndAsync(act, run, observer.Since(meter.Began), cancellationToken)];
    }
}
