using ControllerRuntime.Connection;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Watching;

/// <summary>Counts a reflector's failures in a row, tells of them once, says how long to wait after each, and how long the server has been silent.</summary>
internal sealed class ReflectorHealth(string name, ReflectorOptions options, TimeProvider time, ILogger logger, Random random)
{
    private long _heardAt = time.GetTimestamp();
    private long? _watchOpened;
    private string? _lastFailure;

    /// <summary>The failures since the last sign of health.</summary>
    public int Failures { get; private set; }

    /// <summary>How long nothing has come from the server. Any thread may ask.</summary>
    public TimeSpan Silence => time.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>Something came from the server.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    public void WatchOpened()
    {
        Heard();
        _watchOpened = time.GetTimestamp();
    }

    /// <summary>Whether the watch that just ended had lasted: that is a sign of health, even without an event.</summary>
    public bool WatchEnded()
    {
        var lasted = _watchOpened is { } opened && time.GetElapsedTime(opened) >= options.ShortestHealthyWatch;
        _watchOpened = null;
        if (lasted) Recovered();
        return lasted;
    }

    /// <summary>A sign of health: the next failure is the first again.</summary>
    public void Recovered()
    {
        // A version that is gone is a failure by the way, of which nobody was told.
        if (_lastFailure is not null) Log.ReflectorRecovered(logger, name, Failures);
        (Failures, _lastFailure) = (0, null);
    }

    public void Failed() => Failures++;

    /// <summary>
    /// How long to wait after <paramref name="failure"/>: as long as the server asked, else ever longer, with jitter. Never longer than without being asked:
    /// what stands before the server may ask for an hour, and a watch that is deaf for so long sees no change of a grant or a session.
    /// </summary>
    public TimeSpan DelayAfter(Exception failure)
    {
        var bound = options.FailureDelay.After(Failures);
        var delay = (failure as ApiException)?.RetryAfter ?? bound / 2 + bound / 2 * random.NextDouble();
        if (delay > options.FailureDelay.Longest) delay = options.FailureDelay.Longest;
        var kind = failure is ApiException refusal ? $"{refusal.StatusCode} {refusal.Reason}" : failure.GetType().Name;
        // The reflector's own patience ends in a cancellation.
        var told = failure is OperationCanceledException ? "the API server did not answer in time" : failure.Message;
        if (kind != _lastFailure) Log.ReflectorFailed(logger, name, told, delay.TotalSeconds);
        _lastFailure = kind;
        return delay;
    }
}
