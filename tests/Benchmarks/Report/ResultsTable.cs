using System.Globalization;
using Spectre.Console;

namespace Benchmarks.Report;

/// <summary>Shows results on a terminal: each figure, its spread, and its budget with the verdict.</summary>
public static class ResultsTable
{
    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, Results results)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Simple);
        table.AddColumns("", "median", "least .. most", "budget", "verdict");
        foreach (var column in table.Columns.Skip(1).Take(2))
            column.RightAligned();
        foreach (var summary in results.Summaries)
            Add(table, summary);
        console.Write(table);
    }

    /// <summary>The same as Markdown.</summary>
    public static string Markdown(Results results)
    {
        var rows = results.Summaries.SelectMany(summary => Rows(summary).Select(row => $"| {row.Figure.Label} | {row.Median} | {row.Range} | {row.Budget} | {row.Verdict} |").Prepend($"| **{Title(summary)}** | | | | |"));
        return "| | median | least .. most | budget | verdict |\n|---|--:|--:|---|---|\n" + string.Join('\n', rows) + "\n";
    }

    private static void Add(Spectre.Console.Table table, Summary summary)
    {
        table.AddRow(new Markup($"[bold]{Markup.Escape(Title(summary))}[/]"));
        foreach (var row in Rows(summary))
        {
            var colour = row.Verdict switch { "kept" => "green", "MISSED" => "red", _ => "default" };
            table.AddRow(new Text("  " + row.Figure.Label), new Text(row.Median), new Text(row.Range), new Text(row.Budget), new Markup($"[{colour}]{row.Verdict}[/]"));
        }
    }

    private static IEnumerable<(Figure Figure, string Median, string Range, string Budget, string Verdict)> Rows(Summary summary) =>
        from figure in Figure.All
        let spread = summary.Find(figure)
        where spread is not null
        let verdict = summary.Verdict(figure)
        select (
            figure,
            Show(spread.Median, figure),
            spread.Min == spread.Max ? "" : $"{Show(spread.Min, figure)} .. {Show(spread.Max, figure)}",
            verdict?.Budget.ToString() ?? "",
            verdict is null ? "" : verdict.Value.Kept ? "kept" : "MISSED");

    private static string Title(Summary summary) => string.Create(
        CultureInfo.InvariantCulture,
        $"{summary.Subject.Act}: {summary.Subject.Sessions:N0} sessions, {summary.Subject.Server}, {summary.Subject.Build}, {summary.Runs} run{(summary.Runs == 1 ? "" : "s")}");

    private static string Show(double value, Figure figure) => value.ToString("N" + figure.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
