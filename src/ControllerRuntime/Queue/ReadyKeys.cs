namespace ControllerRuntime.Queue;

/// <summary>
/// The keys that wait for a worker, in two tiers: normal work, then retries of what failed. While both wait, one slot in <see cref="RetrySlot"/>
/// goes to the retries, so that they make progress under endless normal load and never take more than that share of it. Not thread-safe.
/// </summary>
internal sealed class ReadyKeys
{
    /// <summary>Every how many slots a waiting retry goes before waiting normal work.</summary>
    public const int RetrySlot = 16;

    private readonly FairOrder _normal = new();
    private readonly FairOrder _retries = new();
    private readonly Dictionary<ObjectKey, (ReadyKey Ready, bool Retry)> _all = [];
    private int _normalInARow;

    public int Count => _all.Count;

    /// <summary>When the key that has waited longest became ready, a timestamp of the TimeProvider; null where none waits. O(n): for scrapes.</summary>
    public long? OldestSince => _all.Count == 0 ? null : _all.Values.Min(static entry => entry.Ready.Since);

    public bool Contains(ObjectKey key) => _all.ContainsKey(key);

    public void Add(ReadyKey ready, bool retry)
    {
        _all.Add(ready.Key, (ready, retry));
        TierOf(retry).Add(ready);
    }

    /// <summary>Ranks a waiting key anew, by the deadline that it has now; a waiting retry that is added as normal work becomes that: something new happened to it.</summary>
    public void Renew(ObjectKey key, DateTimeOffset deadline, bool retry)
    {
        var known = _all[key];
        var renewed = (Ready: known.Ready with { Deadline = deadline }, Retry: known.Retry && retry);
        if (renewed == known) return;
        TierOf(known.Retry).Remove(known.Ready);
        TierOf(renewed.Retry).Add(renewed.Ready);
        _all[key] = renewed;
    }

    /// <summary>Removes and returns the next key; there must be one.</summary>
    public ReadyKey Take()
    {
        var retry = _retries.Count > 0 && (_normal.Count == 0 || _normalInARow >= RetrySlot - 1);
        _normalInARow = retry || _retries.Count == 0 ? 0 : _normalInARow + 1;
        var next = TierOf(retry).Take();
        _all.Remove(next.Key);
        return next;
    }

    private FairOrder TierOf(bool retry) => retry ? _retries : _normal;
}
