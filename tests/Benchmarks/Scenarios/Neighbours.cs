using Benchmarks.Measuring;
using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>A namespace full of sessions beside one of ten: the few must not wait for the many.</summary>
public sealed class Neighbours() : Scenario("neighbours")
{
    private const string Act = "beside a crowd: the ten";
    private const int Few = 10;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.CreateGrantAsync(cancellationToken);
        await arena.CreateNamespacesAsync(["crowd", "few"], cancellationToken);
        // The few come last, so that their age is no advantage.
        await arena.CreateSessionsAsync(Enumerable.Range(0, arena.Sessions - Few).Select(number => ("crowd", Arena.NameOf(number))), cancellationToken);
        await arena.CreateSessionsAsync(Enumerable.Range(0, Few).Select(number => ("few", Arena.NameOf(number))), cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);

        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, arena.Sessions, run, Act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        var all = observer.Since(meter.Began);
        meter.WithLateness(all.Where(issuance => issuance.Key.Namespace == "few").Select(issuance => (issuance.At - all[0].At).TotalSeconds));
        return [await meter.EndAsync(Act, run, all, cancellationToken)];
    }
}
