using Benchmarks.Measuring;
using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>Sessions come, get credentials and go, generation after generation: what the operator keeps of those that are gone shows as memory that grows.</summary>
public sealed class Churn() : Scenario("churn")
{
    /// <summary>What the act is called.</summary>
    public const string Act = "sessions come and go";

    /// <summary>The collector finds its pace in the first ones.</summary>
    private const int First = 4;

    /// <summary>So many are compared with as many.</summary>
    private const int Half = 8;

    private const double Kilo = 1e3;

    /// <inheritdoc/>
    public override async Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.CreateGrantAsync(cancellationToken);
        string[] namespaces = [.. Enumerable.Range(0, arena.Sessions).Select(Arena.NamespaceOf).Distinct()];
        await arena.CreateNamespacesAsync(namespaces, cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using var run = arena.StartOperator();
        await run.QuietAsync(cancellationToken);

        var meter = await Meter.BeginAsync(arena, run, cancellationToken);
        var memory = new double[First + (2 * Half)];
        for (var generation = 0; generation < memory.Length; generation++)
        {
            await arena.CreateSessionsAsync(Generation(generation, arena.Sessions), cancellationToken);
            await arena.ReachAsync(observer, (generation + 1) * arena.Sessions, run, Act, cancellationToken);
            foreach (var name in namespaces)
                await arena.DeleteAsync($"/apis/uploadsession.io/v1alpha1/namespaces/{name}/uploadsessions", cancellationToken);
            await run.QuietAsync(cancellationToken);
            memory[generation] = run.Figures.ResidentBytes;
        }

        // The least of each half: between two collections it goes up and down.
        var growth = memory[^Half..].Min() - memory[First..^Half].Min();
        meter.With(Figure.PerGone, growth / (Half * arena.Sessions) / Kilo);
        return [await meter.EndAsync(Act, run, observer.Since(meter.Began), cancellationToken)];
    }

    /// <summary>None has the name of one that was.</summary>
    private static IEnumerable<(string Namespace, string Name)> Generation(int generation, int sessions) =>
        Enumerable.Range(generation * sessions, sessions).Select(number => (Arena.NamespaceOf(number), Arena.NameOf(number)));
}
