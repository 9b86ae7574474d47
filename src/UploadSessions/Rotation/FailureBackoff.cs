namespace UploadSessions.Rotation;

/// <summary>How long to wait after a failed issuance.</summary>
public static class FailureBackoff
{
    private static readonly TimeSpan Floor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstCeiling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastCeiling = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UrgentCeiling = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstPropagation = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LastPropagation = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Recheck = TimeSpan.FromMinutes(30);

    /// <summary>The wait before the next attempt; null: none until the spec changes.</summary>
    /// <param name="kind">What failed.</param>
    /// <param name="attempt">How many attempts failed in a row, from 1.</param>
    /// <param name="now">The time of the failure.</param>
    /// <param name="issuedAt">When the credentials in force were issued; null: there are none.</param>
    /// <param name="expiresAt">When they expire.</param>
    /// <param name="jitter">A random number from 0 up to 1.</param>
    public static TimeSpan? Delay(FailureKind kind, int attempt, DateTimeOffset now, DateTimeOffset? issuedAt, DateTimeOffset? expiresAt, double jitter) => kind switch
    {
        FailureKind.Transient or FailureKind.Throttled => FullJitter(attempt, IsUrgent(now, issuedAt, expiresAt), jitter),
        FailureKind.Propagation => Doubled(FirstPropagation, attempt, LastPropagation),
        FailureKind.SlowRecheck => Recheck,
        FailureKind.Terminal => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of failure"),
    };

    /// <summary>Any time up to a ceiling that doubles ("Exponential Backoff And Jitter", AWS Architecture Blog), but never at once: that would be a hot loop.</summary>
    private static TimeSpan FullJitter(int attempt, bool urgent, double jitter)
    {
        var ceiling = Doubled(FirstCeiling, attempt, urgent ? UrgentCeiling : LastCeiling);
        var delay = ceiling * jitter;
        return delay < Floor ? Floor : delay;
    }

    /// <summary>Whether credentials still live, but only for the last tenth of their life.</summary>
    private static bool IsUrgent(DateTimeOffset now, DateTimeOffset? issuedAt, DateTimeOffset? expiresAt) =>
        issuedAt is { } from && expiresAt is { } to && now < to && now >= to - ((to - from) / 10);

    private static TimeSpan Doubled(TimeSpan first, int attempt, TimeSpan last)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 30);
        var delay = first * (1L << doublings);
        return delay < last ? delay : last;
    }
}
