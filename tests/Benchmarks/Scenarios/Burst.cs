using Benchmarks.Measuring;
using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>New sessions arrive at a running operator, as fast as the server takes them.</summary>
public sealed class Burst() : Scenario("burst")
{
    /// <summary>What the act is called.</summary>
    public const string Act = "burst of new sessions";
    private static readonly TimeSpan WholeSecond = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        string[] namespaces = [.. Enumerable.Range(0, arena.Sessions).Select(Arena.NamespaceOf).Distinct()];
        await arena.CreateGrantAsync(cancellationToken);
        await arena.CreateNamespacesAsync(namespaces, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using var run = arena.StartOperator();
        await run.QuietAsync(cancellationToken);

        var meter = await Meter.BeginAsync(arena, run, cancellationToken);
        await arena.CreateSessionsAsync(Enumerable.Range(0, arena.Sessions).Select(number => (Arena.NamespaceOf(number), Arena.NameOf(number))), cancellationToken);
        await arena.ReachAsync(observer, arena.Sessions, run, Act, cancellationToken);
        await run.QuietAsync(cancellationToken);
        var issuances = observer.Since(meter.Began);
        // Creation times are whole seconds: what is told is the upper bound.
        meter.WithLateness(issuances.Select(issuance => Math.Min((issuance.At - issuance.Created).TotalSeconds, (issuance.At - meter.Began + WholeSecond).TotalSeconds)));
        return [await meter.EndAsync(Act, run, issuances, cancellationToken)];
    }
}
