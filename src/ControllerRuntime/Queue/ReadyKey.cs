namespace ControllerRuntime.Queue;

/// <summary>A key that waits for a worker.</summary>
/// <param name="Key">The key.</param>
/// <param name="Deadline">What it is ranked by, as it was when the key became ready.</param>
/// <param name="Sequence">The order of arrival: the tie-breaker, unique in a queue.</param>
/// <param name="Since">When it became ready, a timestamp of the TimeProvider.</param>
internal readonly record struct ReadyKey(ObjectKey Key, DateTimeOffset Deadline, long Sequence, long Since)
{
    /// <summary>Nearest deadline first, then in order of arrival.</summary>
    public static readonly IComparer<ReadyKey> ByDeadline = Comparer<ReadyKey>.Create(static (a, b) =>
        a.Deadline.CompareTo(b.Deadline) is var order and not 0 ? order : a.Sequence.CompareTo(b.Sequence));
}
