namespace Sandbox.KubernetesApi;

/// <summary>How running watches are to break.</summary>
public enum WatchCut
{
    /// <summary>The connection is reset.</summary>
    Reset,

    /// <summary>Half a line is sent, then the connection is reset.</summary>
    MidLine,

    /// <summary>The answer ends as it does at its timeout.</summary>
    CleanEnd,
}

/// <summary>Faults to order, for tests.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Func<RequestInfo, FaultResponse?>> _interceptors = [];
    private readonly Action _expireHistory;
    private TaskCompletionSource? _stall;

    internal FaultPlan(Action expireHistory) => _expireHistory = expireHistory;

    internal event Action<WatchCut>? WatchesCut;

    /// <summary>While true running watches stay open and deliver nothing, bookmarks neither: a silent stall. What was held back is delivered after.</summary>
    public bool WatchesStalled
    {
        get
        {
            lock (_gate)
            {
                return _stall is not null;
            }
        }

        set
        {
            lock (_gate)
            {
                if (!value)
                {
                    _stall?.SetResult();
                }

                _stall = value ? _stall ?? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            }
        }
    }

    /// <summary>Asks for every request, after authentication, what is to go wrong; null: nothing. The first answer counts.</summary>
    /// <returns>Dispose it to stop.</returns>
    public IDisposable Intercept(Func<RequestInfo, FaultResponse?> interceptor)
    {
        lock (_gate)
        {
            _interceptors.Add(interceptor);
        }

        return new Removal(this, interceptor);
    }

    /// <summary>Breaks all running watches.</summary>
    public void CutWatches(WatchCut cut = WatchCut.Reset) => WatchesCut?.Invoke(cut);

    /// <summary>
    /// Forgets all watch history: running watches end with an ERROR event of 410 Gone, and so does a watch from any version so far.
    /// Real servers send that event, too; for an HTTP status of 410 order <c>FaultResponse.Error(410)</c>.
    /// </summary>
    public void ExpireHistory() => _expireHistory();

    /// <summary>Ends when watches may deliver again.</summary>
    internal Task WhileStalledAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _stall?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
        }
    }

    internal FaultResponse? For(RequestInfo request)
    {
        lock (_gate)
        {
            return _interceptors.Select(interceptor => interceptor(request)).FirstOrDefault(fault => fault is not null);
        }
    }

    private sealed class Removal(FaultPlan plan, Func<RequestInfo, FaultResponse?> interceptor) : IDisposable
    {
        public void Dispose()
        {
            lock (plan._gate)
            {
                plan._interceptors.Remove(interceptor);
            }
        }
    }
}
