using System.Diagnostics.Metrics;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Telemetry;

/// <summary>Gauges that read the caches when somebody scrapes.</summary>
public sealed class SessionGauges
{
    private readonly SessionCaches _caches;

    /// <summary>Registers the gauges.</summary>
    public SessionGauges(OperatorMetrics metrics, SessionCaches caches)
    {
        _caches = caches;
        metrics.Meter.CreateObservableGauge("uploadsession_sessions", Sessions, description: "UploadSessions by state.");
        metrics.Meter.CreateObservableGauge("uploadsession_credentials_expiry_timestamp", Expiries, "s", "When the credentials of each session expire, in seconds since 1970.");
        metrics.Meter.CreateObservableGauge("uploadsession_renewal_failing", Failing, description: "1 for each session whose credentials are running out and cannot be replaced; the reason is the error code, or that of Ready.");
    }

    private IEnumerable<Measurement<long>> Sessions() => _caches.Sessions.Snapshot()
        .Select(session => Find(session.Status, ConditionTypes.Ready))
        .GroupBy(ready => (Status: ready?.Status ?? "Unknown", Reason: ready?.Reason ?? Reasons.Pending))
        .Select(group => new Measurement<long>(group.LongCount(), new("ready", group.Key.Status), new("reason", group.Key.Reason)));

    private IEnumerable<Measurement<double>> Expiries()
    {
        foreach (var session in _caches.Sessions.Snapshot())
        {
            if (session is { Status.ExpiresAt: { } expiresAt })
                yield return new(expiresAt.ToUnixTimeSeconds(), new("namespace", session.Metadata.Namespace), new("name", session.Metadata.Name));
        }
    }

    private IEnumerable<Measurement<int>> Failing()
    {
        foreach (var session in _caches.Sessions.Snapshot())
        {
            if (session is { Status: { ExpiresAt: not null } status } && ReasonOfFailure(status) is { } reason)
                yield return new(1, new("namespace", session.Metadata.Namespace), new("name", session.Metadata.Name), new("reason", reason));
        }
    }

    /// <summary>A session that is suspended, over or not granted any more loses its credentials because somebody wanted it: that is no failure.</summary>
    private static string? ReasonOfFailure(UploadSessionStatus status) =>
        Find(status, ConditionTypes.RenewalFailing) is { Status: "True" } failing ? failing.Reason
        : Find(status, ConditionTypes.Ready) is { Status: "False", Reason: not (Reasons.Suspended or Reasons.Ended or Reasons.NotGranted) } ready ? ready.Reason
        : null;

    private static Condition? Find(UploadSessionStatus? status, string type) => status?.Conditions.FirstOrDefault(condition => condition.Type == type);
}
