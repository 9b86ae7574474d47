using Sandbox.KubernetesApi.Reading;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Watching;

/// <summary>
/// What a change is to a watcher with a selector: an object that begins to match was added, one that ceases to match was
/// deleted (and is shown as it last matched, at the version of the change).
/// </summary>
internal sealed class WatchFilter(ObjectFilter filter)
{
    /// <summary>The change as this watcher sees it, or null when it does not concern it.</summary>
    public WatchEvent? See(WatchEvent change)
    {
        var did = change.Previous is { } previous && filter.Matches(previous);
        if (change.Kind == WatchEventKind.Deleted)
        {
            return did ? change : null;
        }

        var does = filter.Matches(change.Object);
        return (did, does) switch
        {
            (false, false) => null,
            (true, false) => new(WatchEventKind.Deleted, AtVersion(change.Previous!, change.Object.Version), change.Previous),
            (false, true) => change with { Kind = WatchEventKind.Added },
            (true, true) => change with { Kind = WatchEventKind.Modified },
        };
    }

    private static StoredObject AtVersion(StoredObject stored, long version) => new(stored.Key, version, stored.Read());
}
