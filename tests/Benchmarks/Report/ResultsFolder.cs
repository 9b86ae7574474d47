using System.Globalization;
using System.Text.Json;

namespace Benchmarks.Report;

/// <summary>Keeps results in a folder: <c>results.json</c>, <c>report.md</c> and the plots.</summary>
public static class ResultsFolder
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Writes the folder.</summary>
    /// <returns>Its path.</returns>
    public static string Write(string parent, Machine machine, Results results)
    {
        var folder = Path.Combine(parent, machine.Began.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "results.json"), JsonSerializer.Serialize(
            new
            {
                machine,
                summaries = results.Summaries.Select(summary => new
                {
                    summary.Subject,
                    summary.Runs,
                    summary.Figures,
                    budgets = Figure.All
                        .Select(figure => (figure.Key, Verdict: summary.Verdict(figure)))
                        .Where(judged => judged.Verdict is not null)
                        .ToDictionary(judged => judged.Key, judged => new { budget = judged.Verdict!.Value.Budget.ToString(), kept = judged.Verdict.Value.Kept }),
                }),
                runs = results.Runs,
            },
            Json));
        File.WriteAllText(Path.Combine(folder, "report.md"), $"{machine}\n\n{ResultsTable.Markdown(results)}");
        Plots.Write(folder, results);
        return folder;
    }
}
