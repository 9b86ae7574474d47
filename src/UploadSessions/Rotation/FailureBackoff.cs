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
        FailureKind.Transient => FullJitter(attempt, UrgentIn(now, issuedAt, expiresAt), jitter),
        FailureKind.Propagation => Doubled(FirstPropagation, attempt, LastPropagation),
        FailureKind.SlowRecheck => Recheck,
        FailureKind.Terminal => null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown kind of failure"),
    };

    /// <summary>The longest wait after such a failure.</summary>
    public static TimeSpan Longest(FailureKind kind) => kind switch
    {
        FailureKind.Transient => LastCeiling,
        FailureKind.Propagation => LastPropagation,
        _ => Recheck,
    };

    /// <summary>
    /// Any time up to a ceiling that doubles ("Exponential Backoff And Jitter", AWS Architecture Blog), but never at once: that would be a hot loop.
    /// A wait does not run over the beginning of the urgent time by more than the ceiling there.
    /// </summary>
    private static TimeSpan FullJitter(int attempt, TimeSpan? urgentIn, double jitter)
    {
        var ceiling = Doubled(FirstCeiling, attempt, urgentIn <= TimeSpan.Zero ? UrgentCeiling : LastCeiling);
        var delay = ceiling * jitter;
        if (urgentIn > TimeSpan.Zero && delay > urgentIn)
            delay = Earlier(delay, urgentIn.Value + (UrgentCeiling * jitter));
        return delay < Floor ? Floor : delay;
    }

    /// <summary>The time left until credentials that still live are in the last tenth of their life; none left, zero or less: they are. Null: nothing lives.</summary>
    private static TimeSpan? UrgentIn(DateTimeOffset now, DateTimeOffset? issuedAt, DateTimeOffset? expiresAt) =>
        issuedAt is { } from && expiresAt is { } to && now < to ? to - ((to - from) / 10) - now : null;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Doubled(TimeSpan first, int attempt, TimeSpan last)
    {
        var doublings = Math.Clamp(attempt - 1, 0, 30);
        return Earlier(first * (1L << doublings), last);
    }
}
