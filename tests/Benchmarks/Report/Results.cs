using Benchmarks.Measuring;

namespace Benchmarks.Report;

/// <summary>Everything that was measured, and what follows from it.</summary>
public sealed class Results
{
    private const int Kilo = 1000;

    private Results(IReadOnlyList<Measurement> runs, IReadOnlyList<Summary> summaries) => (Runs, Summaries) = (runs, summaries);

    /// <summary>Every run.</summary>
    public IReadOnlyList<Measurement> Runs { get; }

    /// <summary>One for each subject, in the order of their first run.</summary>
    public IReadOnlyList<Summary> Summaries { get; }

    /// <summary>Sums runs up: medians, and the figures that compare subjects.</summary>
    public static Results Of(IReadOnlyList<Measurement> runs)
    {
        var bySubject = runs.ToLookup(run => run.Subject);
        Summary[] medians = [.. bySubject.Select(group => Summary.Of(group.Key, [.. BesideRaw(group.Key, bySubject)]))];
        return new(runs, [.. medians.Select(summary => Compare(summary, medians))]);
    }

    /// <summary>Each run beside the bare client's of the same round: how fast the machine is just then falls on both alike.</summary>
    private static IEnumerable<Measurement> BesideRaw(Subject subject, ILookup<Subject, Measurement> runs)
    {
        Measurement[] raw = subject.Build == Subject.Raw ? [] : [.. runs[subject with { Build = Subject.Raw }]];
        return runs[subject].Select((run, round) => round < raw.Length ? run.With(Figure.OfRaw, run.Figures[Figure.Rate.Key] / raw[round].Figures[Figure.Rate.Key]) : run);
    }

    private static Summary Compare(Summary summary, IReadOnlyList<Summary> all)
    {
        var subject = summary.Subject;
        var smaller = all.Where(other => other.Subject == subject with { Sessions = other.Subject.Sessions } && other.Subject.Sessions < subject.Sessions).MinBy(other => other.Subject.Sessions);
        return smaller?.Find(Figure.Peak) is { } small && summary.Find(Figure.Peak) is { } large
            ? summary.With(Figure.PerSession, (large.Median - small.Median) * Kilo / (subject.Sessions - smaller.Subject.Sessions))
            : summary;
    }
}

/// <summary>The runs of one subject, summed up.</summary>
/// <param name="Subject">Of what.</param>
/// <param name="Runs">How many.</param>
/// <param name="Figures">By key.</param>
public sealed record Summary(Subject Subject, int Runs, IReadOnlyDictionary<string, Spread> Figures)
{
    /// <summary>Sums runs up.</summary>
    public static Summary Of(Subject subject, IReadOnlyList<Measurement> runs) => new(
        subject,
        runs.Count,
        runs.SelectMany(run => run.Figures).Where(figure => double.IsFinite(figure.Value)).GroupBy(figure => figure.Key, figure => figure.Value).ToDictionary(
            figure => figure.Key,
            figure => new Spread(Percentiles.Median(figure), figure.Min(), figure.Max())));

    /// <summary>A figure; null where it was not measured.</summary>
    public Spread? Find(Figure figure) => Figures.GetValueOrDefault(figure.Key);

    /// <summary>The same with a figure that was worked out.</summary>
    public Summary With(Figure figure, double value) => this with { Figures = new Dictionary<string, Spread>(Figures) { [figure.Key] = new(value, value, value) } };

    /// <summary>What is said of a figure; null where it has no budget or was not measured.</summary>
    public (Budget Budget, bool Kept)? Verdict(Figure figure) =>
        Budget.Of(Subject, figure) is { } budget && Find(figure) is { } spread
            ? (budget, budget.IsKeptBy(budget.Counted ? spread.Max : spread.Median))
            : null;
}

/// <summary>A figure over several runs.</summary>
public sealed record Spread(double Median, double Min, double Max);
