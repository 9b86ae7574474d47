using System.Diagnostics.Metrics;

namespace ControllerRuntime.Telemetry;

/// <summary>
/// The runtime's instruments. They carry the names and labels of controller-runtime and client-go, so that dashboards made for those work;
/// the names are already in Prometheus form (exporters add <c>_total</c> and <c>_seconds</c> only where missing).
/// </summary>
public sealed class RuntimeMetrics
{
    /// <summary>The meter to subscribe to.</summary>
    public const string MeterName = "ControllerRuntime";

    /// <summary>The ActivitySource of the runtime's traces: one span a reconcile.</summary>
    public const string ActivitySourceName = "ControllerRuntime";

    /// <summary>Creates the instruments on the <see cref="MeterName"/> meter.</summary>
    public RuntimeMetrics(IMeterFactory meters)
    {
        var meter = Meter = meters.Create(MeterName);
        Reconciles = meter.CreateCounter<long>("controller_runtime_reconcile_total", description: "Reconciles by controller and result (success, requeue_after, error).");
        ReconcileTime = Seconds(meter, "controller_runtime_reconcile_time_seconds", "How long a reconcile took.");
        ActiveWorkers = meter.CreateUpDownCounter<long>("controller_runtime_active_workers", description: "Workers that reconcile at this moment.");
        QueueDepth = meter.CreateUpDownCounter<long>("workqueue_depth", description: "Keys that are ready and wait for a worker.");
        QueueAdds = meter.CreateCounter<long>("workqueue_adds_total", description: "Keys that became ready.");
        QueueDuration = Seconds(meter, "workqueue_queue_duration_seconds", "How long a ready key waited for a worker.");
        WorkDuration = Seconds(meter, "workqueue_work_duration_seconds", "How long the work on a key took.");
        QueueRetries = meter.CreateCounter<long>("workqueue_retries_total", description: "Retries of failed keys that were scheduled.");
        MasterStatus = meter.CreateGauge<int>("leader_election_master_status", description: "1 while this process holds the lease, else 0.");
        RestRequests = meter.CreateCounter<long>("rest_client_requests_total", description: "Requests to the API server by status code, method and host; the code is <error> where no answer came.");
    }

    /// <summary>The meter, for gauges that are read when somebody scrapes.</summary>
    internal Meter Meter { get; }

    internal Counter<long> Reconciles { get; }

    internal Histogram<double> ReconcileTime { get; }

    internal UpDownCounter<long> ActiveWorkers { get; }

    internal UpDownCounter<long> QueueDepth { get; }

    internal Counter<long> QueueAdds { get; }

    internal Histogram<double> QueueDuration { get; }

    internal Histogram<double> WorkDuration { get; }

    internal Counter<long> QueueRetries { get; }

    internal Gauge<int> MasterStatus { get; }

    internal Counter<long> RestRequests { get; }

    private static Histogram<double> Seconds(Meter meter, string name, string description) =>
        meter.CreateHistogram(name, unit: "s", description, tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0001, 0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
        });
}
