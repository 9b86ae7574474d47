using System.Diagnostics.Metrics;
using UploadSessions.Operator.Kubernetes;

namespace UploadSessions.Operator.Telemetry;

/// <summary>Gauges that read the caches when somebody scrapes.</summary>
public sealed class SessionGauges
{
    private readonly SessionCaches _caches;
    private readonly TimeProvider _time;
    private readonly ReasonLabels _labels = new();

    /// <summary>Registers the gauges.</summary>
    public SessionGauges(OperatorMetrics metrics, SessionCaches caches, TimeProvider time)
    {
        (_caches, _time) = (caches, time);
        metrics.Meter.CreateObservableGauge("uploadsession_sessions", Sessions, description: "UploadSessions by state.");
        metrics.Meter.CreateObservableGauge("uploadsession_failing_renewals", FailingRenewals, description: "Sessions whose credentials run out and cannot be replaced, by namespace and reason: the error code, the reason of Ready, or Overdue.");
        metrics.Meter.CreateObservableGauge("uploadsession_failing_renewals_expiry_timestamp", FirstExpiries, "s", "When the first credentials of those sessions expire, in seconds since 1970.");
    }

    private IEnumerable<Measurement<long>> Sessions() => _caches.Sessions.Snapshot()
        .GroupBy(session => ReasonLabels.Ready(SessionHealth.Ready(session.Status, _time.GetUtcNow())))
        .Select(group => new Measurement<long>(group.LongCount(), new("ready", group.Key.Status), new("reason", group.Key.Reason)));

    private IEnumerable<Measurement<long>> FailingRenewals() =>
        Failing().Select(group => new Measurement<long>(group.LongCount(), new("namespace", group.Key.Namespace), new("reason", group.Key.Reason)));

    private IEnumerable<Measurement<double>> FirstExpiries() =>
        Failing().Select(group => new Measurement<double>(group.Min().ToUnixTimeSeconds(), new("namespace", group.Key.Namespace), new("reason", group.Key.Reason)));

    /// <summary>When the credentials of failing sessions expire. By namespace and not by session: see <see cref="SessionMetrics"/>.</summary>
    private IEnumerable<IGrouping<(string Namespace, string Reason), DateTimeOffset>> Failing() => _caches.Sessions.Snapshot()
        .Select(session => (session.Metadata.Namespace, Reason: SessionHealth.RenewalFailure(session.Status, _time.GetUtcNow()), session.Status?.ExpiresAt))
        .Where(session => session is { Reason: not null, ExpiresAt: not null })
        .GroupBy(session => (session.Namespace, _labels.Failure(session.Reason!)), session => session.ExpiresAt!.Value);
}
