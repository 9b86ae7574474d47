using Microsoft.Extensions.Time.Testing;

namespace ControllerRuntime.Tests.Support;

/// <summary>A fake clock that knows who waits: a test advances it only when the code under test has come to rest in a <c>Task.Delay</c>.</summary>
public sealed class TestClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Pause> _pauses = [];
    private TimeSpan _stepped;

    public TestClock()
        : base(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public DateTimeOffset Now => GetUtcNow();

    /// <summary>Sets the wall clock, as an administrator or NTP does; timers and timestamps go on as before.</summary>
    public void Step(TimeSpan by)
    {
        _stepped += by;
        AdjustTime(Now + by);
    }

    public override long GetTimestamp() => base.GetTimestamp() - _stepped.Ticks;

    /// <summary>The lengths of the delays that are being waited for.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get { lock (_lock) return [.. _pauses.Select(static pause => pause.Length)]; }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (state is not Task) return base.CreateTimer(callback, state, dueTime, period);
        var pause = new Pause(this, dueTime);
        lock (_lock) _pauses.Add(pause);
        pause.Inner = base.CreateTimer(
            inner =>
            {
                pause.End();
                callback(inner);
            },
            state, dueTime, period);
        return pause;
    }

    /// <summary>Waits until exactly so many delays are being waited for.</summary>
    public async Task<IReadOnlyList<TimeSpan>> RestAsync(int pauses = 1)
    {
        await Eventually.Async(() => Pauses.Count == pauses, $"{pauses} pauses");
        return Pauses;
    }

    /// <summary>Waits for the one delay, and lets it pass.</summary>
    public async Task<TimeSpan> PassPauseAsync()
    {
        var length = (await RestAsync())[0];
        Advance(length);
        return length;
    }

    private sealed class Pause(TestClock clock, TimeSpan length) : ITimer
    {
        public TimeSpan Length => length;

        public ITimer? Inner { get; set; }

        public void End()
        {
            lock (clock._lock) clock._pauses.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

        public void Dispose()
        {
            End();
            Inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
