namespace ControllerRuntime.Queue;

/// <summary>The keys that become ready later, each once: of two times for the same key the earlier wins. Not thread-safe; O(log n).</summary>
internal sealed class DelayedKeys
{
    /// <summary>An entry of the timetable; the sequence tells equal times apart.</summary>
    private readonly record struct Entry(DateTimeOffset Due, long Sequence, ObjectKey Key, bool Retry);

    private readonly SortedSet<Entry> _timetable = new(Comparer<Entry>.Create(static (a, b) =>
        a.Due.CompareTo(b.Due) is var order and not 0 ? order : a.Sequence.CompareTo(b.Sequence)));
    private readonly Dictionary<ObjectKey, Entry> _byKey = [];
    private long _sequence;

    public int Count => _byKey.Count;

    /// <summary>When the next key is due; null where none waits.</summary>
    public DateTimeOffset? NextDue => _timetable.Count == 0 ? null : _timetable.Min.Due;

    public void Add(ObjectKey key, DateTimeOffset due, bool retry)
    {
        if (_byKey.TryGetValue(key, out var known))
        {
            if (known.Due <= due) return;
            _timetable.Remove(known);
        }

        var entry = new Entry(due, _sequence++, key, retry);
        _byKey[key] = entry;
        _timetable.Add(entry);
    }

    /// <summary>Removes the next key that is due at <paramref name="now"/>; false where none is.</summary>
    public bool TryTakeDue(DateTimeOffset now, out ObjectKey key, out bool retry)
    {
        (key, retry) = (default, false);
        if (_timetable.Count == 0 || _timetable.Min.Due > now) return false;
        var entry = _timetable.Min;
        _timetable.Remove(entry);
        _byKey.Remove(entry.Key);
        (key, retry) = (entry.Key, entry.Retry);
        return true;
    }
}
