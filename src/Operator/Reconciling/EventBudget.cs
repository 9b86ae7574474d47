namespace UploadSessions.Operator.Reconciling;

/// <summary>
/// How many Events a session may have: 25 at once, then one every 5 minutes, as client-go's spam filter allows. Each stays with the API server
/// for an hour, and who toggles a session, or takes its Secret away and gives it back, would fill it with them. Thread-safe.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class EventBudget(TimeProvider time)
{
    /// <summary>How many may come at once.</summary>
    public const int Burst = 25;

    /// <summary>After so long there may be another.</summary>
    public static readonly TimeSpan Refill = TimeSpan.FromMinutes(5);

    private const int MostSessions = 4096;

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();

    /// <summary>When the whole budget of a session is there again.</summary>
    private readonly Dictionary<string, TimeSpan> _full = [];

    /// <summary>Takes one Event from the budget of a session; false where none is left.</summary>
    /// <param name="uid">The session's uid.</param>
    public bool TryTake(string uid)
    {
        lock (_lock)
        {
            var now = time.GetElapsedTime(_started);
            var full = _full.GetValueOrDefault(uid);
            full = (full > now ? full : now) + Refill;
            if (full - now > Refill * Burst)
                return false;
            if (_full.Count >= MostSessions)
                ForgetFull(now);
            _full[uid] = full;
            return true;
        }
    }

    /// <summary>Of those that have their whole budget again there is nothing to know. Where so many have not, they get it.</summary>
    private void ForgetFull(TimeSpan now)
    {
        foreach (var (uid, full) in _full)
        {
            if (full <= now)
                _full.Remove(uid);
        }

        if (_full.Count >= MostSessions)
            _full.Clear();
    }
}
