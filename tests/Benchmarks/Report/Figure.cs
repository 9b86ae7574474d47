namespace Benchmarks.Report;

/// <summary>Something that is measured.</summary>
/// <param name="Key">Its name in the results file.</param>
/// <param name="Label">Its name in the table.</param>
/// <param name="Decimals">How many the table shows.</param>
public sealed record Figure(string Key, string Label, int Decimals)
{
    /// <summary>Issuances that were made.</summary>
    public static readonly Figure Issuances = new("issuances", "issued", 0);

    /// <summary>Issuances a second, from the first to the last.</summary>
    public static readonly Figure Rate = new("issuancesPerSecond", "issued/s", 0);

    /// <summary>CPU time of the operator from its start or the beginning of the load until it is quiet, divided by the issuances, in ms.</summary>
    public static readonly Figure CpuPerIssuance = new("operatorCpuMsPerIssuance", "CPU ms each", 2);

    /// <summary>CPU time of the operator, in seconds.</summary>
    public static readonly Figure Cpu = new("operatorCpuSeconds", "CPU s", 2);

    /// <summary>CPU time of the API server for each issuance, in ms; only where it is one process.</summary>
    public static readonly Figure ServerCpuPerIssuance = new("serverCpuMsPerIssuance", "server CPU ms each", 2);

    /// <summary>The most memory the operator ever had resident, in MB of 10^6 bytes.</summary>
    public static readonly Figure Peak = new("peakMegabytes", "peak MB", 1);

    /// <summary>What it has five seconds after the work is done, in MB.</summary>
    public static readonly Figure Settled = new("settledMegabytes", "settled MB", 1);

    /// <summary>Growth of the peak for each further session, in KB of 10^3 bytes: worked out between two sizes.</summary>
    public static readonly Figure PerSession = new("kilobytesPerSession", "KB a session", 2);

    /// <summary>Growth of what is resident for each session that came and went, in KB.</summary>
    public static readonly Figure PerGone = new("kilobytesPerGoneSession", "KB a gone session", 2);

    /// <summary>Requests to the API server on behalf of sessions, for each issuance; leases, lists and watches aside.</summary>
    public static readonly Figure Requests = new("requestsPerIssuance", "requests each", 3);

    /// <summary>The same, in all.</summary>
    public static readonly Figure AllRequests = new("requests", "requests", 0);

    /// <summary>Writes among them, in all.</summary>
    public static readonly Figure Writes = new("writes", "writes", 0);

    /// <summary>Calls to STS.</summary>
    public static readonly Figure StsCalls = new("stsCalls", "STS calls", 0);

    /// <summary>Calls to STS for each issuance.</summary>
    public static readonly Figure StsCallsEach = new("stsCallsPerIssuance", "STS calls each", 3);

    /// <summary>From the operator's start, or the beginning of the load, to the first issuance, in seconds.</summary>
    public static readonly Figure First = new("firstSecretSeconds", "first s", 2);

    /// <summary>The same to the last issuance.</summary>
    public static readonly Figure Last = new("lastSecretSeconds", "last s", 1);

    /// <summary>From the operator's start until it has nothing more to do, in seconds.</summary>
    public static readonly Figure Steady = new("steadySeconds", "steady s", 1);

    /// <summary>How late rotations, or first issuances after their session's creation, were seen, in seconds: the median.</summary>
    public static readonly Figure LateP50 = new("latenessP50Seconds", "late p50 s", 2);

    /// <summary>The same for 99 of 100.</summary>
    public static readonly Figure LateP99 = new("latenessP99Seconds", "late p99 s", 2);

    /// <summary>The same for the last.</summary>
    public static readonly Figure LateMax = new("latenessMaxSeconds", "late max s", 2);

    /// <summary>The rate divided by that of the same requests without an operator.</summary>
    public static readonly Figure OfRaw = new("shareOfRawRate", "of raw", 2);

    /// <summary>All, in the order of the table.</summary>
    public static IReadOnlyList<Figure> All { get; } =
        [Issuances, Rate, OfRaw, CpuPerIssuance, ServerCpuPerIssuance, Requests, StsCallsEach, AllRequests, Writes, StsCalls, First, Last, Steady, LateP50, LateP99, LateMax, Peak, Settled, PerSession, PerGone, Cpu];
}
