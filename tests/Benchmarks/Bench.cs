using System.Globalization;
using Benchmarks.Report;
using Benchmarks.Scenarios;
using Benchmarks.Servers;
using Spectre.Console;
using TestServers.Kubernetes;

namespace Benchmarks;

/// <summary>Plays rounds, interleaved: the first run of each, then the second of each, so that what else the machine does falls on all alike.</summary>
/// <param name="console">Where progress is told.</param>
/// <param name="aot">The path of the binary that ships.</param>
/// <param name="settings">How operators are run.</param>
public sealed class Bench(IAnsiConsole console, string aot, OperatorSettings settings)
{
    /// <summary>Plays them.</summary>
    /// <exception cref="BenchException">Something that a round needs is missing.</exception>
    public async Task<Results> PlayAsync(IReadOnlyList<Round> rounds, CancellationToken cancellationToken)
    {
        Check(rounds);
        var measured = new List<Measurement>();
        var total = rounds.Sum(round => round.Runs);
        var played = 0;
        for (var run = 1; run <= rounds.Max(round => round.Runs); run++)
        {
            foreach (var round in rounds.Where(round => round.Runs >= run))
            {
                var title = string.Create(CultureInfo.InvariantCulture, $"[{++played}/{total}] {round.Scenario.Name}: {round.Sessions:N0} sessions, {round.Server}, {round.Build}");
                measured.AddRange(await ToldAsync(title, progress => PlayAsync(round, progress, cancellationToken)));
            }
        }

        return Results.Of(measured);
    }

    /// <summary>A terminal sees what goes on; a log gets a line for each round.</summary>
    private async Task<IReadOnlyList<Measurement>> ToldAsync(string title, Func<Action<string>, Task<IReadOnlyList<Measurement>>> play)
    {
        var started = TimeProvider.System.GetTimestamp();
        var measured = console.Profile.Capabilities.Interactive
            ? await console.Status().StartAsync(Markup.Escape(title), status => play(now => status.Status(Markup.Escape($"{title}: {now}"))))
            : await play(_ => { });
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{title} [grey]{TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s[/]");
        return measured;
    }

    private async Task<IReadOnlyList<Measurement>> PlayAsync(Round round, Action<string> progress, CancellationToken cancellationToken)
    {
        progress("starting the servers");
        await using var server = round.Server == Round.Real ? await RealApi.StartAsync(cancellationToken) : await EmbeddedApi.StartAsync(cancellationToken);
        await using var sts = await BenchSts.StartAsync(cancellationToken);
        OperatorBuild? build = round.Build switch
        {
            Subject.Aot => OperatorBuild.Aot(aot),
            Subject.Jit => OperatorBuild.Jit,
            _ => null,
        };
        var arena = new Arena(server, sts, build, round.Sessions, settings, progress);
        progress("warming up");
        await WarmUp.PlayAsync(arena, cancellationToken);
        return await round.Scenario.PlayAsync(arena, cancellationToken);
    }

    private void Check(IReadOnlyList<Round> rounds)
    {
        if (rounds.Count == 0)
            throw new BenchException($"nothing to do: scenarios are {string.Join(", ", Round.Scenarios.Select(scenario => scenario.Name))}");
        if (rounds.Any(round => round.Build == Subject.Aot) && !File.Exists(aot))
            throw new BenchException($"there is no {aot}: run `make publish`, name another binary with --aot, or measure the JIT build with --build jit");
        if (rounds.Any(round => round.Server == Round.Real) && new EnvtestAssets().Missing is { } missing)
            throw new BenchException($"there is no kube-apiserver: {missing}, or measure on the embedded one with --server embedded");
    }
}

/// <summary>The benchmark cannot run as it was asked to.</summary>
public sealed class BenchException(string message) : Exception(message);
