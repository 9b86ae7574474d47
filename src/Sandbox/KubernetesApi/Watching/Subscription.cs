using System.Threading.Channels;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Watching;

/// <summary>The changes of one resource on their way to one watcher, in order and without a gap.</summary>
internal sealed class Subscription(ObjectStore store, string resource) : IDisposable
{
    private readonly Channel<WatchSignal> _signals = Channel.CreateUnbounded<WatchSignal>(new() { SingleReader = true });

    public ChannelReader<WatchSignal> Signals => _signals.Reader;

    public void Post(WatchSignal signal) => _signals.Writer.TryWrite(signal);

    /// <summary>Nothing follows what is still to be read.</summary>
    public void End() => _signals.Writer.TryComplete();

    /// <summary>Asks for a bookmark behind all changes that are still to be read.</summary>
    public void RequestBookmark() => store.PostBookmark(this);

    public void Dispose() => store.Unsubscribe(resource, this);
}
