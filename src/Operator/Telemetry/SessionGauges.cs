using System.Diagnostics.Metrics;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;

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
    }

    private IEnumerable<Measurement<long>> Sessions() => _caches.Sessions.Snapshot()
        .Select(session => session.Status?.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Ready))
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
}
