namespace ControllerRuntime.Queue;

/// <summary>
/// The keys that become ready later, each once: of two times for the same key the earlier wins. Not thread-safe; O(log n), amortised over
/// the times that an earlier one overtook and the keys that were removed. Every session waits here for hours: an entry is as small as can be.
/// </summary>
internal sealed class DelayedKeys
{
    /// <summary>When a key is due, in UTC ticks; the sequence tells equal times apart, and an entry from one that no longer counts.</summary>
    private readonly record struct Turn(long Due, long Sequence) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => Due != other.Due ? Due.CompareTo(other.Due) : Sequence.CompareTo(other.Sequence);
    }

    /// <summary>So many entries more than keys, and as many again as there are keys, may no longer count.</summary>
    private const int Slack = 64;

    private readonly PriorityQueue<ObjectKey, Turn> _timetable = new();
    private readonly Dictionary<ObjectKey, Turn> _byKey = [];

    /// <summary>Failures are few: this is not worth room in every entry.</summary>
    private readonly HashSet<ObjectKey> _retries = [];
    private long _sequence;

    public int Count => _byKey.Count;

    /// <summary>How many entries are held, with those that no longer count.</summary>
    internal int Held => _timetable.Count;

    /// <summary>When the next key is due; null where none waits.</summary>
    public DateTimeOffset? NextDue => TryPeek(out _, out var turn) ? new DateTimeOffset(turn.Due, TimeSpan.Zero) : null;

    public void Add(ObjectKey key, DateTimeOffset due, bool retry)
    {
        if (_byKey.TryGetValue(key, out var known) && known.Due <= due.UtcTicks) return;
        var turn = new Turn(due.UtcTicks, _sequence++);
        _byKey[key] = turn;
        _timetable.Enqueue(key, turn);
        if (retry) _retries.Add(key);
        else _retries.Remove(key);
        CompactIfSparse();
    }

    /// <summary>Removes the key, if it is there.</summary>
    public void Remove(ObjectKey key)
    {
        if (!_byKey.Remove(key)) return;
        _retries.Remove(key);
        CompactIfSparse();
    }

    /// <summary>Removes the next key that is due at <paramref name="now"/>; false where none is.</summary>
    public bool TryTakeDue(DateTimeOffset now, out ObjectKey key, out bool retry)
    {
        retry = false;
        if (!TryPeek(out key, out var turn) || turn.Due > now.UtcTicks)
        {
            key = default;
            return false;
        }

        _timetable.Dequeue();
        _byKey.Remove(key);
        retry = _retries.Remove(key);
        return true;
    }

    /// <summary>The next entry that still counts; those that do not are dropped on the way.</summary>
    private bool TryPeek(out ObjectKey key, out Turn turn)
    {
        while (_timetable.TryPeek(out key, out turn))
        {
            if (_byKey.TryGetValue(key, out var current) && current == turn) return true;
            _timetable.Dequeue();
        }

        return false;
    }

    /// <summary>Who moves a session's time forward again and again, or makes sessions and deletes them, must not fill the memory with the times before.</summary>
    private void CompactIfSparse()
    {
        if (_timetable.Count <= (2 * _byKey.Count) + Slack) return;
        _timetable.Clear();
        _timetable.EnqueueRange(_byKey.Select(static entry => (entry.Key, entry.Value)));
    }
}
