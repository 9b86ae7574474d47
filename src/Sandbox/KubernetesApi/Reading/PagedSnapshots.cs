using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>The snapshots that unfinished paged lists go on reading, so that all pages are of one version. Only the latest are kept.</summary>
internal sealed class PagedSnapshots
{
    private const int Limit = 64;

    private readonly Lock _gate = new();
    private readonly Queue<(string Resource, Snapshot Snapshot)> _kept = new();

    public void Keep(string resource, Snapshot snapshot)
    {
        lock (_gate)
        {
            if (_kept.Any(kept => kept.Resource == resource && kept.Snapshot.Version == snapshot.Version))
            {
                return;
            }

            _kept.Enqueue((resource, snapshot));
            if (_kept.Count > Limit)
            {
                _kept.Dequeue();
            }
        }
    }

    /// <exception cref="ApiException">410: the snapshot is forgotten; the client has to list anew.</exception>
    public Snapshot Get(string resource, long version)
    {
        lock (_gate)
        {
            return _kept.FirstOrDefault(kept => kept.Resource == resource && kept.Snapshot.Version == version).Snapshot
                ?? throw new ApiException(ApiStatus.Expired(
                    "The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter."));
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _kept.Clear();
        }
    }
}
