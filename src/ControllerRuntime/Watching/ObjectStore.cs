using System.Collections.Concurrent;

namespace ControllerRuntime.Watching;

/// <summary>
/// The objects of one collection as last seen. Any thread may read, without locks by key. One reflector, or one for each of some namespaces,
/// changes it and tells the subscribers of each change after it was made; the changes of one object come in order.
/// </summary>
/// <param name="resource">How its objects are read.</param>
/// <param name="namespaces">The namespaces that have a reflector each; none: one reflector fills the store from all.</param>
public sealed class ObjectStore<T>(WatchedResource<T> resource, IReadOnlyCollection<string>? namespaces = null)
    where T : class
{
    private readonly ConcurrentDictionary<string, PartState> _parts =
        new((namespaces is { Count: > 0 } named ? named : [""]).Select(part => KeyValuePair.Create(part, PartState.Empty)));

    private readonly ConcurrentDictionary<ObjectKey, T> _objects = new();
    private readonly Lock _indexLock = new();

    /// <summary>Arrays are replaced, never changed: readers take them as they are. Most hold one object.</summary>
    private readonly Dictionary<string, T[]> _index = [];
    private volatile Action<StoreChange<T>>? _subscribers;
    private volatile Action? _onCurrent;
    private volatile Action? _onList;

    private enum PartState
    {
        Empty,
        Behind,
        Current,
    }

    /// <summary>True once a first complete list of every reflector is in the store; it stays true.</summary>
    public bool HasSynced => _parts.All(static part => part.Value != PartState.Empty);

    /// <summary>
    /// True while the server answers: false before the first list, and from a failed request (refused, forbidden, the kind is gone)
    /// until one succeeds again. An object that is absent from a store that is not current may well exist.
    /// </summary>
    public bool IsCurrent => _parts.All(static part => part.Value == PartState.Current);

    /// <summary>How many objects there are.</summary>
    public int Count => _objects.Count;

    /// <summary>The object, or null.</summary>
    public T? Get(ObjectKey key) => _objects.GetValueOrDefault(key);

    /// <summary>The objects whose index value is <paramref name="value"/>, in no order; they do not change any more.</summary>
    public IReadOnlyList<T> ByIndex(string value)
    {
        lock (_indexLock) return _index.GetValueOrDefault(value) ?? [];
    }

    /// <summary>All objects, in no order; a copy.</summary>
    public IReadOnlyList<T> Snapshot() => [.. _objects.Select(static entry => entry.Value)];

    /// <summary>
    /// Has <paramref name="onChange"/> called for every later change, on the writer's thread: it must be quick and must not throw.
    /// Subscribe before the reflector runs to see every object.
    /// </summary>
    public void Subscribe(Action<StoreChange<T>> onChange) => _subscribers += onChange;

    /// <summary>Has <paramref name="onCurrent"/> called whenever <see cref="IsCurrent"/> turns true, on a writer's thread: it must be quick and must not throw.</summary>
    public void SubscribeToCurrency(Action onCurrent) => _onCurrent += onCurrent;

    /// <summary>Has <paramref name="onList"/> called after each complete list, on a writer's thread: what the list lacked and the store never had is told by nothing else.</summary>
    public void SubscribeToLists(Action onList) => _onList += onList;

    /// <summary>Adds or replaces an object. Nothing happens, and nobody is told, where the store holds this version already.</summary>
    public void Set(T item)
    {
        var key = resource.KeyOf(item);
        var old = Get(key);
        if (old is not null && resource.VersionOf(old) == resource.VersionOf(item)) return;
        if (old is not null && resource.Share is { } share) item = share(old, item);
        _objects[key] = item;
        Reindex(old, item);
        _subscribers?.Invoke(new StoreChange<T>(key, old, item));
    }

    /// <summary>Removes an object, if it is there.</summary>
    public void Remove(ObjectKey key)
    {
        if (!_objects.TryRemove(key, out var old)) return;
        Reindex(old, null);
        _subscribers?.Invoke(new StoreChange<T>(key, old, null));
    }

    /// <summary>Makes the store hold exactly <paramref name="items"/>: what is missing among them is removed.</summary>
    /// <param name="items">A complete list.</param>
    /// <param name="unreadable">Keys that are in the list but could not be parsed: what the store has of them stays.</param>
    /// <param name="ns">The namespace that was listed; empty for all.</param>
    public void Replace(IReadOnlyCollection<T> items, IReadOnlyCollection<ObjectKey> unreadable, string ns = "")
    {
        var gone = _objects.Select(static entry => entry.Key).Where(key => ns.Length == 0 || key.Namespace == ns).ToHashSet();
        gone.ExceptWith(unreadable);
        foreach (var item in items)
        {
            gone.Remove(resource.KeyOf(item));
            Set(item);
        }

        foreach (var key in gone) Remove(key);
        _onList?.Invoke();
        SetState(ns, PartState.Current);
    }

    /// <summary>Tells whether the server answered the last request of a reflector; see <see cref="IsCurrent"/>.</summary>
    internal void MarkCurrent(bool current, string ns = "")
    {
        if (_parts[ns] != PartState.Empty) SetState(ns, current ? PartState.Current : PartState.Behind);
    }

    private void SetState(string ns, PartState state)
    {
        var was = IsCurrent;
        _parts[ns] = state;
        if (!was && IsCurrent) _onCurrent?.Invoke();
    }

    private void Reindex(T? old, T? item)
    {
        if (resource.IndexBy is not { } indexBy) return;
        var (before, after) = (old is null ? null : indexBy(old), item is null ? null : indexBy(item));
        lock (_indexLock)
        {
            if (before is not null) SetIndex(before, [.. _index[before].Where(other => !ReferenceEquals(other, old))]);
            if (after is not null) SetIndex(after, [.. _index.GetValueOrDefault(after) ?? [], item!]);
        }
    }

    private void SetIndex(string value, T[] objects)
    {
        if (objects.Length == 0) _index.Remove(value);
        else _index[value] = objects;
    }
}
