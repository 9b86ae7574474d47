namespace ControllerRuntime.Queue;

/// <summary>
/// Counts the failures in a row of each key and spreads its retries: exponential with full jitter, uniform between <see cref="ExponentialDelay.First"/>
/// and the doubled bound. client-go's default limiter goes from 5 ms to 1000 s without jitter; ours ends at 5 min, since what a key waits for
/// (a trust policy, a role) is usually mended by a person who then watches. Thread-safe.
/// </summary>
/// <param name="delay">The bounds.</param>
/// <param name="random">The source of the jitter.</param>
public sealed class FailureBackoff(ExponentialDelay delay, Random random)
{
    /// <summary>5 ms to 5 min.</summary>
    public static readonly ExponentialDelay Default = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, int> _failures = [];

    /// <summary>Counts one more failure of <paramref name="key"/> and says how long to wait.</summary>
    public TimeSpan Next(ObjectKey key)
    {
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key) + 1;
            _failures[key] = failures;
            return delay.First + (delay.After(failures) - delay.First) * random.NextDouble();
        }
    }

    /// <summary>The failures in a row of <paramref name="key"/>.</summary>
    public int FailuresOf(ObjectKey key)
    {
        lock (_lock) return _failures.GetValueOrDefault(key);
    }

    /// <summary>A success: the next failure of <paramref name="key"/> counts as the first.</summary>
    public void Forget(ObjectKey key)
    {
        lock (_lock) _failures.Remove(key);
    }
}
