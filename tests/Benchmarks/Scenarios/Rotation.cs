using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>Credentials that live for a minute: every session rotates again and again.</summary>
public sealed class Rotation() : Scenario("rotation")
{
    /// <summary>What the act is called.</summary>
    public const string Act = "steady rotation";
    private const int Rotations = 3;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await arena.Sts.BehaveAsync(new StsBehaviour { Life = Life }, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, arena.Sessions, run, ColdStart.First, cancellationToken);

        var meter = await Meter.BeginAsync(arena, run, cancellationToken);
        await arena.ReachAsync(observer, (1 + Rotations) * arena.Sessions, run, Act, cancellationToken);
        var rotations = observer.Since(meter.Began);
        meter.WithLateness(rotations.Select(rotation => rotation.Lateness).OfType<double>());
        return [await meter.EndAsync(Act, run, rotations, cancellationToken)];
    }
}
