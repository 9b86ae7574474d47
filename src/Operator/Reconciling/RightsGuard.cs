using ControllerRuntime;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;

namespace UploadSessions.Operator.Reconciling;

/// <summary>
/// Has the sessions of a namespace wait, with backoff, while the operator lacks rights there. Each right that is missing is told
/// once for the namespace, not for each session and each retry, and it is told when none of its sessions waits any more.
/// </summary>
public sealed class RightsGuard(IReconciler sessions, ILogger<RightsGuard> logger) : IReconciler
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Outage> _outages = [];

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            var result = await sessions.ReconcileAsync(key, cancellationToken);
            if (IsLastToWait(key))
                logger.RightsRegained(key.Namespace);
            return result;
        }
        catch (ApiException refused) when (MissingRight.Of(refused) is { } right)
        {
            if (IsNews(key, right))
                logger.RightMissing(key.Namespace, right);
            return ReconcileResult.Retry;
        }
    }

    private bool IsNews(ObjectKey key, string right)
    {
        lock (_lock)
        {
            if (!_outages.TryGetValue(key.Namespace, out var outage))
                _outages[key.Namespace] = outage = new([], []);
            outage.Waiting.Add(key);
            return outage.Told.Add(right);
        }
    }

    private bool IsLastToWait(ObjectKey key)
    {
        lock (_lock)
        {
            return _outages.TryGetValue(key.Namespace, out var outage)
                && outage.Waiting.Remove(key)
                && outage.Waiting.Count == 0
                && _outages.Remove(key.Namespace);
        }
    }

    private sealed record Outage(HashSet<ObjectKey> Waiting, HashSet<string> Told);
}
