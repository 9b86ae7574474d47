using Benchmarks.Measuring;
using Benchmarks.Report;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>Measures one act: what the servers counted and the operator used between its beginning and its end.</summary>
public sealed class Meter
{
    private const double Mega = 1e6;
    private const int CoursePoints = 200;
    private readonly Arena _arena;
    private readonly RequestCounts _requests;
    private readonly StsCounts _sts;
    private readonly double _serverCpu;
    private readonly double _operatorCpu;
    private readonly Dictionary<string, double> _figures = [];

    private Meter(Arena arena, RequestCounts requests, StsCounts sts, double operatorCpu)
    {
        (_arena, _requests, _sts, _operatorCpu) = (arena, requests, sts, operatorCpu);
        _serverCpu = arena.Server.Figures?.CpuSeconds ?? 0;
        Began = TimeProvider.System.GetUtcNow();
    }

    /// <summary>When the act began.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>Begins an act.</summary>
    /// <param name="arena">Where.</param>
    /// <param name="running">The operator, where it runs already: what it used before does not count.</param>
    /// <param name="cancellationToken">Ends the benchmark.</param>
    public static async Task<Meter> BeginAsync(Arena arena, OperatorRun? running, CancellationToken cancellationToken) =>
        new(arena, await arena.Server.CountAsync(cancellationToken), await arena.Sts.CountAsync(cancellationToken), running?.Figures.CpuSeconds ?? 0);

    /// <summary>Adds a figure that the act itself worked out.</summary>
    public Meter With(Figure figure, double value)
    {
        _figures[figure.Key] = value;
        return this;
    }

    /// <summary>Adds how late some things were.</summary>
    public Meter WithLateness(IEnumerable<double> seconds)
    {
        double[] all = [.. seconds];
        return With(Figure.LateP50, Percentiles.Of(all, 0.5)).With(Figure.LateP99, Percentiles.Of(all, 0.99)).With(Figure.LateMax, Percentiles.Of(all, 1));
    }

    /// <summary>Ends the act.</summary>
    /// <param name="act">What it is called.</param>
    /// <param name="run">The operator, still running; null where none took part.</param>
    /// <param name="issuances">Those of this act.</param>
    /// <param name="cancellationToken">Ends the benchmark.</param>
    public async Task<Measurement> EndAsync(string act, OperatorRun? run, IReadOnlyList<Issuance> issuances, CancellationToken cancellationToken)
    {
        var requests = (await _arena.Server.CountAsync(cancellationToken)).Since(_requests);
        var sts = (await _arena.Sts.CountAsync(cancellationToken)).Since(_sts);
        With(Figure.Issuances, issuances.Count).With(Figure.StsCalls, sts.Calls).With(Figure.Writes, requests.Writes).With(Figure.AllRequests, requests.OnBehalfOfSessions);
        if (run is not null)
        {
            With(Figure.Cpu, run.Figures.CpuSeconds - _operatorCpu)
                .With(Figure.Peak, run.Figures.PeakBytes / Mega)
                .With(Figure.Settled, run.Figures.ResidentBytes / Mega);
        }

        if (issuances.Count > 0)
            AddPerIssuance(issuances, requests, sts);
        return new(_arena.Subject(act), _figures, requests, Course(issuances));
    }

    private void AddPerIssuance(IReadOnlyList<Issuance> issuances, RequestCounts requests, StsCounts sts)
    {
        var count = issuances.Count;
        var (first, last) = (issuances[0].At, issuances[^1].At);
        With(Figure.Rate, (count - 1) / (last - first).TotalSeconds)
            .With(Figure.First, (first - Began).TotalSeconds)
            .With(Figure.Last, (last - Began).TotalSeconds)
            .With(Figure.Requests, (double)requests.OnBehalfOfSessions / count)
            .With(Figure.StsCallsEach, (double)sts.Calls / count);
        if (_figures.TryGetValue(Figure.Cpu.Key, out var cpu))
            With(Figure.CpuPerIssuance, cpu * 1000 / count);
        if (_arena.Server.Figures is { } server)
            With(Figure.ServerCpuPerIssuance, (server.CpuSeconds - _serverCpu) * 1000 / count);
    }

    private List<CoursePoint> Course(IReadOnlyList<Issuance> issuances)
    {
        var step = Math.Max(1, issuances.Count / CoursePoints);
        var points = new List<CoursePoint>();
        for (var i = 0; i < issuances.Count; i += step)
            points.Add(new((issuances[i].At - Began).TotalSeconds, i + 1));
        if (issuances.Count > 0)
            points.Add(new((issuances[^1].At - Began).TotalSeconds, issuances.Count));
        return points;
    }
}
