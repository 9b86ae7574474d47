namespace ControllerRuntime.Queue;

/// <summary>
/// Decides which ready key is next: every second slot goes to the nearest deadline of all, the other slots to the namespaces in turn, each giving its own nearest.
/// So the most urgent key never waits behind more than one other, and with N namespaces a namespace's most urgent key is served within 2N slots
/// whatever the others pile up. Not thread-safe; every operation is O(log n), amortised over the namespaces that ran empty.
/// </summary>
internal sealed class FairOrder
{
    private readonly SortedSet<ReadyKey> _nearest = new(ReadyKey.ByDeadline);
    private readonly Dictionary<string, SortedSet<ReadyKey>> _byNamespace = [];

    /// <summary>The namespaces in turn: exactly those of <see cref="_byNamespace"/>. One that ran empty leaves when its turn comes.</summary>
    private readonly Queue<string> _turns = [];
    private bool _namespaceSlot;

    public int Count => _nearest.Count;

    public void Add(ReadyKey ready)
    {
        _nearest.Add(ready);
        if (!_byNamespace.TryGetValue(ready.Key.Namespace, out var keys))
        {
            _byNamespace[ready.Key.Namespace] = keys = new SortedSet<ReadyKey>(ReadyKey.ByDeadline);
            _turns.Enqueue(ready.Key.Namespace);
        }

        keys.Add(ready);
    }

    public void Remove(ReadyKey ready)
    {
        _nearest.Remove(ready);
        _byNamespace[ready.Key.Namespace].Remove(ready);
    }

    /// <summary>Removes and returns the next key; there must be one.</summary>
    public ReadyKey Take()
    {
        var next = _namespaceSlot ? NearestOfNextNamespace() : _nearest.Min;
        _namespaceSlot = !_namespaceSlot;
        Remove(next);
        return next;
    }

    private ReadyKey NearestOfNextNamespace()
    {
        while (true)
        {
            var name = _turns.Dequeue();
            var keys = _byNamespace[name];
            if (keys.Count > 0)
            {
                _turns.Enqueue(name);
                return keys.Min;
            }

            _byNamespace.Remove(name);
        }
    }
}
