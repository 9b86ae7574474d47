namespace UploadSessions.Planning;

/// <summary>The repairs of one thing that followed each other without a quiet spell. The first is made at once, the next ones keep a doubling distance, so that two writers cannot drive each other.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="LastAt">When the last was made.</param>
public sealed record RepairHistory(int Count, DateTimeOffset LastAt)
{
    /// <summary>After so long without a repair the count starts anew.</summary>
    public static readonly TimeSpan QuietSpell = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstSpacing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSpacing = TimeSpan.FromMinutes(5);

    /// <summary>The history once another repair has been made.</summary>
    public static RepairHistory After(RepairHistory? before, DateTimeOffset now) =>
        new(before is not null && now - before.LastAt < QuietSpell ? before.Count + 1 : 1, now);

    /// <summary>The earliest time of the next repair. A time further ahead than any distance comes from a clock that has been put back, and does not count: null.</summary>
    public DateTimeOffset? NextAt(DateTimeOffset now)
    {
        var next = LastAt + TimeSpan.FromTicks(Math.Min(LongestSpacing.Ticks, FirstSpacing.Ticks << Math.Min(Count - 1, 10)));
        return next <= now + LongestSpacing ? next : null;
    }
}
