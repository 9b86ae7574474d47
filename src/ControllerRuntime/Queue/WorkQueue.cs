using ControllerRuntime.Telemetry;

namespace ControllerRuntime.Queue;

/// <summary>
/// The work queue of a controller, with the semantics of client-go's workqueue: a key waits at most once, is never handed out twice at the same time,
/// and what is added while it is processed makes it wait again afterwards, so that no change is lost. Ready keys leave by deadline, with a fair share
/// for each namespace and retries last (<see cref="ReadyKeys"/>). Thread-safe.
/// </summary>
public sealed class WorkQueue : IDisposable
{
    /// <summary>Due times are by the wall clock and timers by the monotonic one: looking at least this often keeps a stepped clock or a paused machine from delaying work (and stays far below the longest a timer can wait, 49 days).</summary>
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    /// <summary>A clock that is slewed, or put back by less, delays work by no more than this.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private enum Rerun { None, Retry, Normal }

    private readonly record struct Processing(long Since, Rerun Rerun);

    private readonly Lock _lock = new();
    private readonly Func<ObjectKey, DateTimeOffset> _deadlineOf;
    private readonly TimeProvider _time;
    private readonly QueueMetrics _metrics;
    private readonly ReadyKeys _ready = new();
    private readonly DelayedKeys _delayed = new();
    private readonly Dictionary<ObjectKey, Processing> _processing = [];
    private readonly SemaphoreSlim _available = new(0);
    private readonly ITimer _timer;
    private long _sequence;
    private DateTimeOffset _lastTime;
    private long _lastTimestamp;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="name">The <c>name</c> and <c>controller</c> labels of its metrics.</param>
    /// <param name="deadlineOf">Asked whenever a key is added that is or becomes ready: what it is ranked by, nearest first. Called under the queue's lock: it must be quick, must not throw and must not call the queue.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Where the queue reports to.</param>
    public WorkQueue(string name, Func<ObjectKey, DateTimeOffset> deadlineOf, TimeProvider time, RuntimeMetrics metrics)
    {
        Name = name;
        _deadlineOf = deadlineOf;
        _time = time;
        (_lastTime, _lastTimestamp) = (time.GetUtcNow(), time.GetTimestamp());
        _metrics = new QueueMetrics(metrics, name);
        _timer = time.CreateTimer(static queue => ((WorkQueue)queue!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The name, as in the labels of its metrics.</summary>
    public string Name { get; }

    /// <summary>How many keys are ready and wait for a worker.</summary>
    public int Count
    {
        get { lock (_lock) return _ready.Count; }
    }

    /// <summary>How many keys wait for a later time.</summary>
    public int DelayedCount
    {
        get { lock (_lock) return _delayed.Count; }
    }

    /// <summary>Makes <paramref name="key"/> ready now, as normal work. Where it waits already it is only ranked anew, and a waiting retry becomes normal work. A later time set by <see cref="AddAt"/> stays, as in client-go.</summary>
    public void Add(ObjectKey key)
    {
        lock (_lock) MakeReady(key, retry: false);
    }

    /// <summary>Makes <paramref name="key"/> ready at <paramref name="due"/>, or now where that is past. Of several times for a key the earliest counts.</summary>
    /// <param name="key">The key.</param>
    /// <param name="due">When.</param>
    /// <param name="retry">True where it is a retry of what failed: it then ranks after all normal work.</param>
    public void AddAt(ObjectKey key, DateTimeOffset due, bool retry)
    {
        lock (_lock)
        {
            if (retry) _metrics.Retried();
            FollowClock();
            if (due <= _time.GetUtcNow())
            {
                MakeReady(key, retry);
                return;
            }

            _delayed.Add(key, due, retry);
            SetTimer();
        }
    }

    /// <summary>Drops the time that <see cref="AddAt"/> has set for <paramref name="key"/>, if any; where it is ready it stays so.</summary>
    public void Unschedule(ObjectKey key)
    {
        lock (_lock) _delayed.Remove(key);
    }

    /// <summary>Waits for the next key and hands it out; <see cref="Done"/> must follow.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; no key was taken.</exception>
    public async Task<ObjectKey> GetAsync(CancellationToken cancellationToken)
    {
        await _available.WaitAsync(cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            // The semaphore may still grant what is released while it handles the cancellation.
            _available.Release();
            cancellationToken.ThrowIfCancellationRequested();
        }

        lock (_lock)
        {
            var next = _ready.Take();
            _processing.Add(next.Key, new Processing(_time.GetTimestamp(), Rerun.None));
            _metrics.Taken(_time.GetElapsedTime(next.Since));
            return next.Key;
        }
    }

    /// <summary>The work on <paramref name="key"/> is over; where it was added meanwhile it becomes ready again.</summary>
    /// <exception cref="InvalidOperationException">The key is not being processed.</exception>
    public void Done(ObjectKey key)
    {
        lock (_lock)
        {
            if (!_processing.Remove(key, out var processing))
                throw new InvalidOperationException($"{key} is not being processed.");
            _metrics.Worked(_time.GetElapsedTime(processing.Since));
            if (processing.Rerun != Rerun.None) EnqueueReady(key, processing.Rerun == Rerun.Retry);
        }
    }

    /// <summary>How long keys have waited and been worked on until now.</summary>
    public QueueAges Ages()
    {
        lock (_lock)
        {
            var waited = _ready.OldestSince is { } since ? _time.GetElapsedTime(since) : TimeSpan.Zero;
            var (unfinished, longest) = (TimeSpan.Zero, TimeSpan.Zero);
            foreach (var processing in _processing.Values)
            {
                var took = _time.GetElapsedTime(processing.Since);
                unfinished += took;
                if (took > longest) longest = took;
            }

            return new QueueAges(waited, unfinished, longest);
        }
    }

    /// <summary>Stops the timer. Its tick under way, or a worker that ends late, may still add keys.</summary>
    public void Dispose() => _timer.Dispose();

    private void MakeReady(ObjectKey key, bool retry)
    {
        if (_ready.Contains(key))
        {
            _ready.Renew(key, _deadlineOf(key), retry);
        }
        else if (_processing.TryGetValue(key, out var processing))
        {
            if (processing.Rerun == Rerun.None) _metrics.Added();
            var rerun = retry ? Rerun.Retry : Rerun.Normal;
            if (rerun > processing.Rerun) _processing[key] = processing with { Rerun = rerun };
        }
        else
        {
            _metrics.Added();
            EnqueueReady(key, retry);
        }
    }

    private void EnqueueReady(ObjectKey key, bool retry)
    {
        _ready.Add(new ReadyKey(key, _deadlineOf(key), _sequence++, _time.GetTimestamp()), retry);
        _metrics.Queued();
        _available.Release();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            FollowClock();
            ReleaseDue(_time.GetUtcNow());
            SetTimer();
        }
    }

    /// <summary>Times that were set by a clock that has been put back since may lie far ahead: whoever set them is to look again.</summary>
    private void FollowClock()
    {
        var (now, timestamp) = (_time.GetUtcNow(), _time.GetTimestamp());
        var wentBack = now < _lastTime + _time.GetElapsedTime(_lastTimestamp, timestamp) - ClockTolerance;
        (_lastTime, _lastTimestamp) = (now, timestamp);
        if (wentBack) ReleaseDue(DateTimeOffset.MaxValue);
    }

    private void ReleaseDue(DateTimeOffset now)
    {
        while (_delayed.TryTakeDue(now, out var key, out var retry)) MakeReady(key, retry);
    }

    private void SetTimer()
    {
        if (_delayed.NextDue is not { } due) return;
        var wait = Math.Ceiling((due - _time.GetUtcNow()).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 0, LongestSleep.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }
}
