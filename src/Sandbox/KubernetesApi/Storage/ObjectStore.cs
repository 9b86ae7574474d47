using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Watching;

namespace Sandbox.KubernetesApi.Storage;

/// <summary>
/// All objects, in memory, under one increasing version as in etcd. Writes compare and swap; reads take immutable snapshots
/// and never wait for a reader.
/// </summary>
internal sealed class ObjectStore(int historyLimit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceTable> _tables = new(StringComparer.Ordinal);
    private readonly List<Action<string, WatchEvent>> _observers = [];
    private long _version = 1;

    public long Version => Interlocked.Read(ref _version);

    /// <summary>Calls for every change from now on, in order and under the store's lock: the observer must be quick and must not write.</summary>
    public void Observe(Action<string, WatchEvent> observer)
    {
        lock (_gate)
        {
            _observers.Add(observer);
        }
    }

    public StoredObject? Find(string resource, ObjectKey key) => Snapshot(resource).Objects.GetValueOrDefault(key);

    public Snapshot Snapshot(string resource)
    {
        lock (_gate)
        {
            return new(Table(resource).Objects, _version);
        }
    }

    /// <summary>Writes an object if what is stored is still <paramref name="expected"/> (null: nothing).</summary>
    /// <returns>What was stored, or null when the expectation failed.</returns>
    public StoredObject? TryPut(string resource, ObjectKey key, StoredObject? expected, JsonObject next)
    {
        lock (_gate)
        {
            var table = Table(resource);
            if (!ReferenceEquals(table.Objects.GetValueOrDefault(key), expected))
            {
                return null;
            }

            var stored = new StoredObject(key, ++_version, next);
            Record(resource, table, new(expected is null ? WatchEventKind.Added : WatchEventKind.Modified, stored, expected));
            return stored;
        }
    }

    /// <summary>Removes an object if what is stored is still <paramref name="expected"/>.</summary>
    /// <returns>The object at the version of its removal, or null when the expectation failed.</returns>
    public StoredObject? TryRemove(string resource, StoredObject expected, JsonObject last)
    {
        lock (_gate)
        {
            var table = Table(resource);
            if (!ReferenceEquals(table.Objects.GetValueOrDefault(expected.Key), expected))
            {
                return null;
            }

            var tombstone = new StoredObject(expected.Key, ++_version, last);
            Record(resource, table, new(WatchEventKind.Deleted, tombstone, expected));
            return tombstone;
        }
    }

    /// <summary>Subscribes to the changes after a version. One that is too old is told so by its first signal, as on the real server.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="after">The version to go on from; null: begin with what is there now, each object as an addition.</param>
    public Subscription Subscribe(string resource, long? after)
    {
        lock (_gate)
        {
            var table = Table(resource);
            var subscription = new Subscription(this, resource);
            if (after < table.ForgottenUpTo)
            {
                subscription.Post(new WatchExpired($"too old resource version: {after} ({table.ForgottenUpTo})"));
                return subscription;
            }

            var missed = after is { } version
                ? table.Since(version)
                : table.Objects.Values.Select(stored => new WatchEvent(WatchEventKind.Added, stored, null));
            foreach (var change in missed)
            {
                subscription.Post(change);
            }

            table.Add(subscription);
            return subscription;
        }
    }

    /// <summary>Ends the watches of a resource that is served no longer.</summary>
    public void EndSubscriptions(string resource)
    {
        lock (_gate)
        {
            Table(resource).EndSubscriptions();
        }
    }

    public void Unsubscribe(string resource, Subscription subscription)
    {
        lock (_gate)
        {
            Table(resource).Remove(subscription);
        }
    }

    /// <summary>Puts a bookmark of the current version behind all changes that the subscription has yet to read.</summary>
    public void PostBookmark(Subscription subscription)
    {
        lock (_gate)
        {
            subscription.Post(new WatchBookmark(_version));
        }
    }

    /// <summary>Makes the history of a resource begin now: before its definition there was none.</summary>
    public void BeginHistory(string resource)
    {
        lock (_gate)
        {
            Table(resource).BeginAfter(_version);
        }
    }

    /// <summary>Forgets all changes, as a compaction of etcd does: running watches end with 410, older versions cannot be watched from.</summary>
    public void ForgetHistory()
    {
        lock (_gate)
        {
            _version++;
            foreach (var table in _tables.Values)
            {
                table.ForgetHistory(_version);
            }
        }
    }

    private void Record(string resource, ResourceTable table, WatchEvent change)
    {
        table.Record(change);
        foreach (var observer in _observers)
        {
            observer(resource, change);
        }
    }

    private ResourceTable Table(string resource)
    {
        if (!_tables.TryGetValue(resource, out var table))
        {
            _tables[resource] = table = new(historyLimit);
        }

        return table;
    }
}
