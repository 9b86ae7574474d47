using Benchmarks.Measuring;
using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>An operator meets sessions that have no credentials yet; then it is restarted while all of them are valid.</summary>
public sealed class ColdStart() : Scenario("cold-start")
{
    /// <summary>What the first act is called.</summary>
    public const string First = "cold start";

    /// <summary>What the second act is called.</summary>
    public const string Restart = "restart, all valid";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.PopulateAsync(cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        return [await StartAsync(arena, observer, cancellationToken), await RestartAsync(arena, observer, cancellationToken)];
    }

    private static async Task<Measurement> StartAsync(Arena arena, SessionObserver observer, CancellationToken cancellationToken)
    {
        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator();
        await arena.ReachAsync(observer, arena.Sessions, run, First, cancellationToken);
        await run.QuietAsync(cancellationToken);
        await arena.WaitAsync(Settling, "settling", cancellationToken);
        return await meter.EndAsync(First, run, observer.Since(meter.Began), cancellationToken);
    }

    private static async Task<Measurement> RestartAsync(Arena arena, SessionObserver observer, CancellationToken cancellationToken)
    {
        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var run = arena.StartOperator();
        var quiet = await run.QuietAsync(cancellationToken);
        meter.With(Figure.Steady, (quiet - run.Started).TotalSeconds);
        await arena.WaitAsync(Settling, "settling", cancellationToken);
        return await meter.EndAsync(Restart, run, observer.Since(meter.Began), cancellationToken);
    }
}
