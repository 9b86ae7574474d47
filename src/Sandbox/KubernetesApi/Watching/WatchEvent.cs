using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Watching;

/// <summary>What happened to an object.</summary>
internal enum WatchEventKind
{
    Added,
    Modified,
    Deleted,
}

/// <summary>What a subscription delivers.</summary>
internal abstract record WatchSignal;

/// <summary>One change of one object.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Object">The object after the change; a removed one as it last was, at the version of its removal.</param>
/// <param name="Previous">The object before the change.</param>
internal sealed record WatchEvent(WatchEventKind Kind, StoredObject Object, StoredObject? Previous) : WatchSignal;

/// <summary>All changes up to this version were delivered.</summary>
internal sealed record WatchBookmark(long Version) : WatchSignal;

/// <summary>The changes that the watcher lacks are forgotten: it has to list anew.</summary>
internal sealed record WatchExpired(string Message) : WatchSignal;
