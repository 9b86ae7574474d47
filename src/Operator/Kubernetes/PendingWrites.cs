using System.Collections.Concurrent;
using ControllerRuntime;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>
/// What this process wrote and its cache has not shown yet. A note stands from the write until the next event of that
/// object, so a reconcile that comes between the two sees its own write and asks the API server nothing.
/// </summary>
/// <param name="versionOf">The resourceVersion of an object.</param>
public sealed class PendingWrites<T>(Func<T, string> versionOf)
    where T : class
{
    private readonly ConcurrentDictionary<ObjectKey, Ticket> _tickets = new();

    /// <summary>How many notes stand, of writes under way too.</summary>
    public int Count => _tickets.Count;

    /// <summary>The object as last written, else as cached.</summary>
    public T? Over(ObjectKey key, T? cached) => _tickets.TryGetValue(key, out var ticket) ? ticket.Written ?? cached : cached;

    /// <summary>To be called before a write is sent: an event that overtakes the answer then voids the note.</summary>
    public Ticket Begin(ObjectKey key) => _tickets[key] = new Ticket(_tickets, key);

    /// <summary>A list has come: what was written and is not cached now has been deleted, and no event will tell. Where it was written after the list was made, a live look finds it.</summary>
    /// <returns>What was written and is forgotten.</returns>
    public IReadOnlyList<T> ForgetAbsent(Func<ObjectKey, bool> isCached)
    {
        var forgotten = new List<T>();
        foreach (var (key, ticket) in _tickets)
        {
            if (ticket.Written is { } written && !isCached(key) && _tickets.TryRemove(new(key, ticket)))
                forgotten.Add(written);
        }

        return forgotten;
    }

    /// <summary>The cache has moved to <paramref name="cached"/>, null where the object is gone: it tells no less than the note.</summary>
    /// <returns>Whether it has moved to just what was written, which is no news to this process.</returns>
    public bool Forget(ObjectKey key, T? cached) =>
        _tickets.TryRemove(key, out var ticket) && ticket.Written is { } written && cached is not null && versionOf(written) == versionOf(cached);

    /// <summary>One write under way; without effect once an event or a later write has come between, or where it ended without an answer.</summary>
    public sealed class Ticket : IDisposable
    {
        private readonly ConcurrentDictionary<ObjectKey, Ticket> _tickets;
        private readonly ObjectKey _key;

        internal Ticket(ConcurrentDictionary<ObjectKey, Ticket> tickets, ObjectKey key) => (_tickets, _key) = (tickets, key);

        internal T? Written { get; private set; }

        /// <summary>To be called with the answer of the write.</summary>
        public void Complete(T written) => Written = written;

        /// <summary>The write is over.</summary>
        public void Dispose()
        {
            if (Written is null)
                _tickets.TryRemove(new(_key, this));
        }
    }
}
