namespace ControllerRuntime.Leadership;

/// <summary>What a candidate does next.</summary>
public enum LeaseAction
{
    /// <summary>Nobody holds the lease, or its holder let it expire: take it.</summary>
    Acquire,

    /// <summary>It is ours: renew it.</summary>
    Renew,

    /// <summary>Another holds it.</summary>
    Wait,

    /// <summary>It was ours and must be taken for lost: others may hold it by now, or soon.</summary>
    Lost,
}

/// <summary>What a candidate knows. Times are readings of its own monotonic clock: only differences between them mean something.</summary>
/// <param name="Lease">The lease as last seen; null: it does not exist.</param>
/// <param name="SeenAt">When this state of the lease was first seen.</param>
/// <param name="LastRenewal">When the last renewal that succeeded was sent; null: we do not lead.</param>
public sealed record LeaseObservation(LeaseRecord? Lease, TimeSpan SeenAt, TimeSpan? LastRenewal);

/// <summary>The rules of leader election as in client-go: a holder is judged by when its last renewal was seen to change, on the observer's own monotonic clock.</summary>
public static class LeaseDecision
{
    /// <summary>Decides.</summary>
    /// <param name="seen">What is known.</param>
    /// <param name="identity">Who we are; unique to this process.</param>
    /// <param name="now">The monotonic clock.</param>
    /// <param name="renewDeadline">How long after the last renewal a leader that could not renew gives up; less than the lease's duration.</param>
    public static LeaseAction Decide(LeaseObservation seen, string identity, TimeSpan now, TimeSpan renewDeadline)
    {
        var ours = seen.Lease?.Holder == identity;
        if (seen.LastRenewal is { } renewed) return ours && now - renewed < renewDeadline ? LeaseAction.Renew : LeaseAction.Lost;
        if (seen.Lease is not { Holder.Length: > 0 } lease || ours) return LeaseAction.Acquire;
        return now - seen.SeenAt < lease.Duration ? LeaseAction.Wait : LeaseAction.Acquire;
    }
}
