using System.Collections.Immutable;

namespace Sandbox.Aws.Sts;

/// <summary>Remembers the STS calls, oldest first.</summary>
internal sealed class StsRecorder
{
    private readonly Lock _gate = new();
    private readonly List<StsRequest> _requests = [];

    /// <summary>A copy of what was recorded so far.</summary>
    public ImmutableArray<StsRequest> Snapshot()
    {
        lock (_gate)
            return [.. _requests];
    }

    /// <summary>Records a call.</summary>
    public void Add(StsRequest request)
    {
        lock (_gate)
            _requests.Add(request);
    }
}
