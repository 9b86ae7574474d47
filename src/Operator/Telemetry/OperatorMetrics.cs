using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace UploadSessions.Operator.Telemetry;

/// <summary>The operator's own metrics and its trace source. Names follow OpenTelemetry; Prometheus shows them with its suffixes.</summary>
public sealed class OperatorMetrics
{
    /// <summary>The name of the meter and of the trace source.</summary>
    public const string Name = "UploadSessions.Operator";

    /// <summary>Spans of this operator.</summary>
    public static ActivitySource Source { get; } = new(Name);

    private readonly Counter<long> _issuances;
    private readonly Counter<long> _writes;
    private readonly Histogram<double> _stsDuration;
    private readonly Histogram<double> _lateness;

    /// <summary>Creates the instruments.</summary>
    public OperatorMetrics(IMeterFactory meters)
    {
        Meter = meters.Create(Name);
        _issuances = Meter.CreateCounter<long>("uploadsession_issuances", description: "Issuances by outcome and error code.");
        _writes = Meter.CreateCounter<long>("kubernetes_writes", description: "Writes to the Kubernetes API by kind.");
        _stsDuration = Seconds("uploadsession_sts_request_duration", "Time STS took to answer.", [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]);
        _lateness = Seconds("uploadsession_rotation_lateness", "How long after its due time a rotation was written.", [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800]);
    }

    /// <summary>The meter, for gauges that read the caches.</summary>
    public Meter Meter { get; }

    /// <summary>An issuance ended.</summary>
    public void Issuance(string outcome, string? code) => _issuances.Add(1, new("outcome", outcome), new("code", code ?? ""));

    /// <summary>STS answered, or did not.</summary>
    public void StsRequest(TimeSpan duration, string? code) => _stsDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("code", code ?? "OK"));

    /// <summary>A rotation was written so long after it was due.</summary>
    public void RotationLateness(TimeSpan lateness) => _lateness.Record(Math.Max(0, lateness.TotalSeconds));

    /// <summary>Something was written.</summary>
    public void Write(string kind) => _writes.Add(1, new KeyValuePair<string, object?>("kind", kind));

    /// <summary>OpenTelemetry's own boundaries are made for milliseconds.</summary>
    private Histogram<double> Seconds(string name, string description, double[] boundaries) =>
        Meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
