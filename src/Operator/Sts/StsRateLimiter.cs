namespace UploadSessions.Operator.Sts;

/// <summary>
/// The token bucket that all sessions share. Additive increase, multiplicative decrease: a throttled call halves the rate,
/// every answered one gives a little back, so that many operators in one account find their shares.
/// </summary>
public sealed class StsRateLimiter
{
    private const double SlowestPerSecond = 1;
    private const double GainPerAnswer = 0.05;
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan CutSpacing = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly double _fastest;
    private double _rate;
    private TimeSpan _next = -Burst;
    private TimeSpan? _lastCut;

    /// <summary>Starts at full speed.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="perSecond">The highest rate, in calls a second; at least 1.</param>
    public StsRateLimiter(TimeProvider time, double perSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(perSecond, SlowestPerSecond);
        _time = time;
        _started = time.GetTimestamp();
        _fastest = _rate = perSecond;
    }

    /// <summary>The rate now, in calls a second.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
                return _rate;
        }
    }

    /// <summary>Since the start, on a clock that nobody sets: a wall clock put back would hold every call up.</summary>
    private TimeSpan Now => _time.GetElapsedTime(_started);

    /// <summary>Waits for a turn; turns are given in the order of asking. Who gives up waiting lets the turn pass: the others keep theirs, and STS is asked a little less.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var delay = Reserve();
        return delay > TimeSpan.Zero ? Task.Delay(delay, _time, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>STS answered, be it with a refusal.</summary>
    public void OnAnswered()
    {
        lock (_lock)
            _rate = Math.Min(_fastest, _rate + (GainPerAnswer * _fastest / Math.Max(_rate, SlowestPerSecond)));
    }

    /// <summary>STS throttled a call, failed or did not answer in time. Calls that were already under way then count as one.</summary>
    public void OnStrained()
    {
        lock (_lock)
        {
            var now = Now;
            if (now - _lastCut < CutSpacing)
                return;
            _lastCut = now;
            _rate = Math.Max(SlowestPerSecond, _rate / 2);
        }
    }

    private TimeSpan Reserve()
    {
        lock (_lock)
        {
            var now = Now;
            var start = _next < now - Burst ? now - Burst : _next;
            _next = start + TimeSpan.FromSeconds(1 / _rate);
            return start - now;
        }
    }
}
