namespace Benchmarks.Servers;

/// <summary>How the STS stub answers.</summary>
public sealed record StsBehaviour
{
    /// <summary>The life of the credentials it issues, whatever was asked for.</summary>
    public TimeSpan Life { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long it takes to answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The share of calls that fail with a 500, 0 to 1.</summary>
    public double ErrorRate { get; init; }

    /// <summary>The calls a second above which it throttles; null: any.</summary>
    public double? PerSecond { get; init; }
}

/// <summary>What the stub has done so far.</summary>
/// <param name="Calls">All calls.</param>
/// <param name="Issued">Those that were answered with credentials.</param>
/// <param name="Throttled">Those that were throttled.</param>
/// <param name="Failed">Those that were answered with a 500.</param>
public sealed record StsCounts(long Calls, long Issued, long Throttled, long Failed)
{
    /// <summary>What came since an earlier count.</summary>
    public StsCounts Since(StsCounts before) =>
        new(Calls - before.Calls, Issued - before.Issued, Throttled - before.Throttled, Failed - before.Failed);
}
