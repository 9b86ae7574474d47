namespace Sandbox.KubernetesApi;

/// <summary>Every request that was answered, oldest first, for counting in tests. Bodies are never kept. Beyond 200,000 requests the oldest are dropped.</summary>
public sealed class RequestLog
{
    private const int Limit = 200_000;

    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _requests = new();
    private TaskCompletionSource _grown = NewSignal();
    private long _total;

    internal RequestLog()
    {
    }

    /// <summary>How many requests were ever answered.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>A copy of the log.</summary>
    public IReadOnlyList<LoggedRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    /// <summary>How many of the logged requests are such.</summary>
    public int Count(Func<RequestInfo, bool> predicate) => Snapshot().Count(logged => predicate(logged.Request));

    /// <summary>Forgets what was logged; <see cref="Total"/> goes on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    /// <summary>Takes out what was logged: no request is returned twice and none is lost between two calls.</summary>
    public IReadOnlyList<LoggedRequest> Drain()
    {
        lock (_gate)
        {
            LoggedRequest[] drained = [.. _requests];
            _requests.Clear();
            return drained;
        }
    }

    /// <summary>Waits until a logged request is such, and returns the first.</summary>
    public async Task<LoggedRequest> WaitForAsync(Func<LoggedRequest, bool> predicate, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                if (_requests.FirstOrDefault(predicate) is { } found)
                {
                    return found;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(cancellationToken);
        }
    }

    internal void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            _total++;
            _requests.Enqueue(request);
            if (_requests.Count > Limit)
            {
                _requests.Dequeue();
            }

            _grown.SetResult();
            _grown = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
