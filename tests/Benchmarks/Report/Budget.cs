using System.Globalization;
using Benchmarks.Scenarios;

namespace Benchmarks.Report;

/// <summary>What a figure must not exceed, or must reach.</summary>
/// <param name="Act">In which act.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Limit">The bound.</param>
/// <param name="AtLeast">Whether it is a lower bound.</param>
/// <param name="Counted">Whether it is counted and not timed: then it holds on every machine, whatever else that does.</param>
/// <param name="Applies">To which subjects.</param>
public sealed record Budget(string Act, Figure Figure, double Limit, bool AtLeast, bool Counted, Predicate<Subject> Applies)
{
    private const int Many = 10_000;

    /// <summary>All budgets.</summary>
    public static IReadOnlyList<Budget> All { get; } =
    [
        AtMostCounted(ColdStart.First, Figure.Requests, 3),
        AtMostCounted(ColdStart.First, Figure.StsCallsEach, 1),
        AtMostCounted(ColdStart.Restart, Figure.AllRequests, 0),
        AtMostCounted(ColdStart.Restart, Figure.Writes, 0),
        AtMostCounted(ColdStart.Restart, Figure.StsCalls, 0),
        AtMostCounted(Expired.Act, Figure.Requests, 3),
        AtMostCounted(Expired.Act, Figure.StsCallsEach, 1),
        AtMostCounted(Burst.Act, Figure.Requests, 3),
        AtMostCounted(Burst.Act, Figure.StsCallsEach, 1),
        new(ColdStart.First, Figure.OfRaw, 0.9, AtLeast: true, Counted: false, Ships),
        AtMost(ColdStart.First, Figure.CpuPerIssuance, 2.2, Ships),
        AtMost(ColdStart.First, Figure.Peak, 90, subject => Ships(subject) && subject.Sessions == Many),
        AtMost(ColdStart.First, Figure.PerSession, 4, Ships),
        AtMost(ColdStart.Restart, Figure.Steady, 5, subject => Ships(subject) && subject.Sessions <= Many),
        AtMost(ColdStart.Restart, Figure.Peak, 90, subject => Ships(subject) && subject.Sessions == Many),
        AtMost(ColdStart.Restart, Figure.PerSession, 4, Ships),
        // The garbage collector of a real cluster takes minutes: until then the Secrets are there, and cached.
        AtMost(Churn.Act, Figure.PerGone, 0.1, subject => Ships(subject) && subject.Server == Round.Embedded),
        AtMost(Rotation.Act, Figure.CpuPerIssuance, 2.2, Ships),
        AtMost(Rotation.Act, Figure.LateP99, 1, Ships),
    ];

    /// <summary>The budget of a subject's figure; null where there is none.</summary>
    public static Budget? Of(Subject subject, Figure figure) =>
        All.FirstOrDefault(budget => budget.Act == subject.Act && budget.Figure == figure && budget.Applies(subject));

    /// <summary>Whether a value keeps it.</summary>
    public bool IsKeptBy(double value) => AtLeast ? value >= Limit : value <= Limit;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(AtLeast ? "≥" : "≤")} {Limit}");

    private static Budget AtMost(string act, Figure figure, double limit, Predicate<Subject> applies) => new(act, figure, limit, AtLeast: false, Counted: false, applies);

    private static Budget AtMostCounted(string act, Figure figure, double limit) => new(act, figure, limit, AtLeast: false, Counted: true, subject => subject.Build != Subject.Raw);

    private static bool Ships(Subject subject) => subject.Build == Subject.Aot;
}
