using System.Globalization;
using Benchmarks.Scenarios;
using ScottPlot;

namespace Benchmarks.Report;

/// <summary>Draws results as SVG: how issuances come in, and how memory grows.</summary>
public static class Plots
{
    private const int Width = 900;
    private const int Height = 420;
    private const double BudgetMegabytes = 90;

    /// <summary>Writes the plots that the results have data for.</summary>
    public static void Write(string folder, Results results)
    {
        foreach (var server in results.Runs.Where(run => run.Subject.Act == ColdStart.First).GroupBy(run => run.Subject.Server))
            Course([.. server]).SaveSvg(Path.Combine(folder, $"cold-start-{server.Key}.svg"), Width, Height);
        var grown = results.Summaries.Where(summary => summary.Find(Figure.PerSession) is not null).ToList();
        if (grown.Count > 0)
            Memory(results.Summaries).SaveSvg(Path.Combine(folder, "memory.svg"), Width, Height);
    }

    private static Plot Course(IReadOnlyList<Measurement> runs)
    {
        var plot = Titled("Cold start", "seconds", "sessions with credentials");
        var most = runs.Max(run => run.Subject.Sessions);
        foreach (var build in runs.Where(run => run.Subject.Sessions == most).GroupBy(run => run.Subject.Build))
        {
            var first = build.First().Course;
            var line = plot.Add.ScatterLine(
                first.Select(point => point.Seconds - first[0].Seconds).ToArray(),
                first.Select(point => (double)point.Issued).ToArray());
            (line.LineWidth, line.LegendText) = (2, build.Key == Subject.Raw ? "the same requests without an operator" : build.Key);
        }

        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static Plot Memory(IReadOnlyList<Summary> summaries)
    {
        var plot = Titled("Peak memory", "sessions", "MB");
        foreach (var subject in summaries.Where(summary => summary.Find(Figure.Peak) is not null).GroupBy(summary => summary.Subject with { Sessions = 0 }).Where(group => group.Count() > 1))
        {
            var sizes = subject.OrderBy(summary => summary.Subject.Sessions).ToList();
            var line = plot.Add.Scatter(
                sizes.Select(summary => (double)summary.Subject.Sessions).ToArray(),
                sizes.Select(summary => summary.Find(Figure.Peak)!.Median).ToArray());
            line.LegendText = string.Create(CultureInfo.InvariantCulture, $"{subject.Key.Act}, {subject.Key.Server}, {subject.Key.Build}");
        }

        var budget = plot.Add.HorizontalLine(BudgetMegabytes);
        (budget.LegendText, budget.LinePattern) = ("budget at 10,000 sessions", LinePattern.Dashed);
        plot.Axes.SetLimitsY(0, plot.Axes.GetLimits().Top);
        plot.ShowLegend(Alignment.LowerRight);
        return plot;
    }

    private static Plot Titled(string title, string horizontal, string vertical)
    {
        var plot = new Plot();
        plot.Title(title);
        plot.XLabel(horizontal);
        plot.YLabel(vertical);
        return plot;
    }
}
