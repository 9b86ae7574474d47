using System.Collections.Immutable;
using Sandbox.KubernetesApi.Watching;

namespace Sandbox.KubernetesApi.Storage;

/// <summary>The objects of one resource, their recent changes and who watches them. Guarded by the lock of the <see cref="ObjectStore"/>.</summary>
internal sealed class ResourceTable(int historyLimit)
{
    private readonly Queue<WatchEvent> _history = new();
    private readonly List<Subscription> _subscriptions = [];

    public ImmutableSortedDictionary<ObjectKey, StoredObject> Objects { get; private set; } = ImmutableSortedDictionary<ObjectKey, StoredObject>.Empty;

    /// <summary>Changes up to this version are forgotten: a watch cannot start before it.</summary>
    public long ForgottenUpTo { get; private set; }

    /// <summary>Makes the history begin after a version.</summary>
    public void BeginAfter(long version) => ForgottenUpTo = version;

    public void Record(WatchEvent change)
    {
        Objects = change.Kind == WatchEventKind.Deleted ? Objects.Remove(change.Object.Key) : Objects.SetItem(change.Object.Key, change.Object);
        _history.Enqueue(change);
        if (_history.Count > historyLimit)
        {
            ForgottenUpTo = _history.Dequeue().Object.Version;
        }

        foreach (var subscription in _subscriptions)
        {
            subscription.Post(change);
        }
    }

    public void ForgetHistory(long upTo)
    {
        _history.Clear();
        ForgottenUpTo = upTo;
        foreach (var subscription in _subscriptions)
        {
            subscription.Post(new WatchExpired("The resourceVersion for the provided watch is too old."));
        }
    }

    public IEnumerable<WatchEvent> Since(long version) => _history.Where(change => change.Object.Version > version);

    public void EndSubscriptions()
    {
        foreach (var subscription in _subscriptions)
        {
            subscription.End();
        }
    }

    public void Add(Subscription subscription) => _subscriptions.Add(subscription);

    public void Remove(Subscription subscription) => _subscriptions.Remove(subscription);
}
