using System.CommandLine;
using Benchmarks.Report;
using Benchmarks.Scenarios;
using Benchmarks.Servers;
using Spectre.Console;
using TestServers.Running;

namespace Benchmarks;

/// <summary>The command line of <c>make bench</c>.</summary>
public static class BenchCommand
{
    private const int Breach = 1;
    private const int BadArguments = 2;
    private static readonly Argument<string[]> Names = new("scenario") { Description = "Which to play; all where none is named.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Counted = new("--counted") { Description = "Only what is counted, in less than a minute: what CI runs. Ends with 1 where a counted budget is missed." };
    private static readonly Option<bool> Full = new("--full") { Description = "Also 50,000 sessions, and more on kube-apiserver: about half an hour." };
    private static readonly Option<string[]> Servers = new("--server") { Description = "embedded or kube-apiserver, in place of those of the set." };
    private static readonly Option<string[]> Builds = new("--build") { Description = "aot or jit, in place of those of the set." };
    private static readonly Option<int[]> Sizes = new("--sessions") { Description = "Numbers of sessions, in place of those of the set." };
    private static readonly Option<int?> Runs = new("--runs") { Description = "How often each round is played." };
    private static readonly Option<int> Workers = new("--workers") { Description = "The operator's --workers, and as many at once without an operator.", DefaultValueFactory = _ => 8 };
    private static readonly Option<string[]> Flags = new("--flag") { Description = "One more argument of the operator's run." };
    private static readonly Option<string[]> Variables = new("--env") { Description = "NAME=VALUE in the operator's environment." };
    private static readonly Option<bool> Apart = new("--apart") { Description = "The operator, or the client in its place, has the last core for itself, and the servers have the others." };
    private static readonly Option<string> Aot = new("--aot") { Description = "The published binary.", DefaultValueFactory = _ => OperatorBuild.DefaultAotPath };
    private static readonly Option<string> Folder = new("--results") { Description = "Where results are kept.", DefaultValueFactory = _ => Path.Combine(Repository.Root, "artifacts", "bench") };

    /// <summary>Creates the command.</summary>
    public static RootCommand Create()
    {
        Servers.AcceptOnlyFromAmong(Round.Embedded, Round.Real);
        Builds.AcceptOnlyFromAmong(Subject.Aot, Subject.Jit);
        Names.AcceptOnlyFromAmong([.. Round.Scenarios.Select(scenario => scenario.Name)]);
        Option[] lists = [Servers, Builds, Sizes, Flags, Variables];
        foreach (var list in lists)
            list.AllowMultipleArgumentsPerToken = false;
        var root = new RootCommand("Measures the operator against its budgets.") { Names, Counted, Full, Servers, Builds, Sizes, Runs, Workers, Flags, Variables, Apart, Aot, Folder };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Console;
        var set = parsed.GetValue(Counted) ? Round.Counted : parsed.GetValue(Full) ? Round.Full : Round.Default;
        var selection = new Selection(set, parsed.GetValue(Names) ?? [], parsed.GetValue(Servers) ?? [], parsed.GetValue(Builds) ?? [], parsed.GetValue(Sizes) ?? [], parsed.GetValue(Runs));
        var machine = Machine.Look(TimeProvider.System);
        try
        {
            if (parsed.GetValue(Apart))
                await Cores.SetLastAsideAsync(cancellationToken);
            var bench = new Bench(console, parsed.GetRequiredValue(Aot), SettingsOf(parsed));
            var results = await bench.PlayAsync(selection.Rounds(), cancellationToken);
            ResultsTable.Write(console, results);
            console.WriteLine(machine.LookAgain().ToString());
            console.WriteLine(ResultsFolder.Write(parsed.GetRequiredValue(Folder), machine.LookAgain(), results));
            return Missed(results).Any() ? Breach : 0;
        }
        catch (BenchException cannot)
        {
            await Console.Error.WriteLineAsync(cannot.Message);
            return BadArguments;
        }
    }

    /// <summary>Only what is counted fails a run: what is timed depends on what else the machine does.</summary>
    private static IEnumerable<(Summary, Figure)> Missed(Results results) =>
        from summary in results.Summaries
        from figure in Figure.All
        where summary.Verdict(figure) is { Budget.Counted: true, Kept: false }
        select (summary, figure);

    private static OperatorSettings SettingsOf(ParseResult parsed)
    {
        var workers = parsed.GetValue(Workers);
        return new(
            ["--workers", $"{workers}", .. parsed.GetValue(Flags) ?? []],
            (parsed.GetValue(Variables) ?? []).Select(variable => variable.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : ""),
            workers,
            parsed.GetValue(Apart) ? Cores.Last : []);
    }
}
