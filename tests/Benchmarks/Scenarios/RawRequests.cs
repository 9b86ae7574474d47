using System.Globalization;
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
        var meter = await Meter.BeginAsync(arena, running: null, cancellationToken);
        await using var client = ChildProcess.Start([.. arena.Settings.Prefix, .. ChildProcess.Self(
            RawClient.Verb, "--kubeconfig", arena.Server.Kubeconfig, "--sts", arena.Sts.Address.ToString(),
            "--workers", arena.Settings.Workers.ToString(CultureInfo.InvariantCulture))]);
        // It lists, renders every body and opens its watches before the first request that counts.
        await client.ReadLineAsync(cancellationToken);
        await arena.ReachAsync(observer, arena.Sessions, run: null, ColdStart.First, cancellationToken);
        await client.ReadLineAsync(cancellationToken);
        meter.With(Figure.Cpu, client.Figures.CpuSeconds);
        return [await meter.EndAsync(ColdStart.First, run: null, observer.Since(meter.Began), cancellationToken)];
    }
}
