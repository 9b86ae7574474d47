using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>A scenario with servers, a build and a size, to be played so many times.</summary>
/// <param name="Scenario">What is played.</param>
/// <param name="Server">On which API server.</param>
/// <param name="Build">With which build; <see cref="Subject.Raw"/> for none.</param>
/// <param name="Sessions">How many sessions there are.</param>
/// <param name="Runs">How often.</param>
public sealed record Round(Scenario Scenario, string Server, string Build, int Sessions, int Runs)
{
    /// <summary>The sandbox's API server.</summary>
    public const string Embedded = "embedded";

    /// <summary>The real one.</summary>
    public const string Real = "kube-apiserver";

    private static Hindered Slow { get; } = new("slow-sts", "STS takes 50 ms", new StsBehaviour { Latency = TimeSpan.FromMilliseconds(50) });

    private static Hindered Failing { get; } = new("failing-sts", "STS fails one call in twenty", new StsBehaviour { ErrorRate = 0.05 });

    /// <summary>Every scenario.</summary>
    public static IReadOnlyList<Scenario> Scenarios { get; } =
        [new ColdStart(), new RawRequests(), new Rotation(), new Expired(), new Burst(), new Neighbours(), new Churn(), new Throttled(), Slow, Failing];

    /// <summary>The counted figures, in less than a minute.</summary>
    public static IReadOnlyList<Round> Counted { get; } = [new(new ColdStart(), Embedded, Subject.Jit, 1000, 1)];

    /// <summary>What shows every budget, in a quarter of an hour on two idle cores.</summary>
    public static IReadOnlyList<Round> Default { get; } =
    [
        new(new ColdStart(), Embedded, Subject.Aot, 1000, 3),
        new(new ColdStart(), Embedded, Subject.Aot, 10_000, 3),
        new(new RawRequests(), Embedded, Subject.Raw, 10_000, 3),
        new(new ColdStart(), Real, Subject.Aot, 1000, 3),
        new(new RawRequests(), Real, Subject.Raw, 1000, 3),
        new(new ColdStart(), Embedded, Subject.Jit, 1000, 1),
        new(new Rotation(), Embedded, Subject.Aot, 1000, 1),
        new(new Expired(), Embedded, Subject.Aot, 2000, 1),
        new(new Burst(), Embedded, Subject.Aot, 2000, 1),
        new(new Neighbours(), Embedded, Subject.Aot, 9010, 1),
        new(new Churn(), Embedded, Subject.Aot, 1000, 1),
        new(new Throttled(), Embedded, Subject.Aot, 400, 1),
        new(Slow, Embedded, Subject.Aot, 1000, 1),
        new(Failing, Embedded, Subject.Aot, 1000, 1),
    ];

    /// <summary>The default, and what takes too long for it.</summary>
    public static IReadOnlyList<Round> Full { get; } =
    [
        .. Default,
        new(new ColdStart(), Embedded, Subject.Aot, 50_000, 1),
        new(new ColdStart(), Real, Subject.Aot, 10_000, 1),
        new(new RawRequests(), Real, Subject.Raw, 10_000, 1),
        new(new ColdStart(), Embedded, Subject.Jit, 10_000, 1),
        new(new ColdStart(), Real, Subject.Jit, 1000, 1),
        new(new Rotation(), Real, Subject.Aot, 500, 1),
        new(new Burst(), Real, Subject.Aot, 2000, 1),
    ];
}
