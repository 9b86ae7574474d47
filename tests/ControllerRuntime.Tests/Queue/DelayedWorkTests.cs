using ControllerRuntime.Queue;
using ControllerRuntime.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace ControllerRuntime.Tests.Queue;

public sealed class DelayedWorkTests : IDisposable
{
    private static readonly ObjectKey A = QueueFixture.Key("a");

    private readonly QueueFixture _fixture = new();

    private WorkQueue Queue => _fixture.Queue;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_delayed_key_is_ready_when_it_is_due_and_not_before()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(10), retry: false);
        Advance(9.999);
        Queue.Count.ShouldBe(0);
        Advance(0.001);
        _fixture.WorkAll().ShouldBe([A]);
        Queue.DelayedCount.ShouldBe(0);
    }

    /// <summary>A timer that is stopped does not wait for its tick under way, and what that throws ends the process.</summary>
    [Fact]
    public void A_tick_that_comes_with_the_end_of_the_queue_does_no_harm()
    {
        var clock = new LateClock();
        using var queue = new WorkQueue("test", _ => default, clock, _fixture.Probe.Metrics);
        queue.AddAt(A, clock.GetUtcNow().AddSeconds(10), retry: false);
        queue.Dispose();
        clock.Advance(TimeSpan.FromSeconds(10));
        Should.NotThrow(clock.Tick!);
    }

    /// <summary>Whoever set that time did so by a clock that was wrong.</summary>
    [Fact]
    public void A_key_that_waits_for_a_time_of_a_clock_that_was_put_back_is_ready_within_a_minute()
    {
        _fixture.Clock.Step(TimeSpan.FromHours(2));
        Queue.AddAt(A, _fixture.Clock.Now.AddMinutes(5), retry: true);
        _fixture.Clock.Step(TimeSpan.FromHours(-2));
        Advance(60);
        _fixture.WorkAll().ShouldBe([A]);
    }

    /// <summary>Half a minute back is less than the minute that passed, and counts all the same.</summary>
    [Fact]
    public void A_clock_that_is_put_back_by_less_than_the_time_that_passed_is_noticed_too()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddMinutes(5), retry: false);
        _fixture.Clock.Step(TimeSpan.FromSeconds(-30));
        Advance(60);
        _fixture.WorkAll().ShouldBe([A]);
    }

    [Fact]
    public void A_clock_that_is_slewed_makes_nothing_ready()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddMinutes(5), retry: false);
        for (var minute = 0; minute < 4; minute++)
        {
            _fixture.Clock.Step(TimeSpan.FromSeconds(-1));
            Advance(60);
        }

        Queue.Count.ShouldBe(0);
    }

    [Fact]
    public void What_is_due_already_is_ready_at_once()
    {
        Queue.AddAt(A, _fixture.Clock.Now, retry: false);
        Queue.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(10, 20)]
    [InlineData(20, 10)]
    public void Of_two_times_the_earlier_wins_and_counts_once(int first, int second)
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(first), retry: false);
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(second), retry: false);
        Queue.DelayedCount.ShouldBe(1);
        Advance(10);
        _fixture.WorkAll().ShouldBe([A]);
        Advance(100);
        Queue.Count.ShouldBe(0);
    }

    [Fact]
    public void An_event_makes_a_delayed_retry_ready_now_and_its_time_stays()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(10), retry: true);
        Queue.Add(A);
        _fixture.WorkAll().ShouldBe([A]);
        Advance(10);
        _fixture.WorkAll().ShouldBe([A]);
    }

    [Fact]
    public void A_key_that_comes_due_while_it_is_processed_waits_for_the_end()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(10), retry: false);
        Queue.Add(A);
        _fixture.Get();
        Advance(10);
        Queue.Count.ShouldBe(0);
        Queue.Done(A);
        _fixture.WorkAll().ShouldBe([A]);
    }

    [Fact]
    public void Keys_come_due_each_at_their_time_whatever_the_order_they_were_added_in()
    {
        foreach (var seconds in new[] { 30, 10, 20 }) Queue.AddAt(QueueFixture.Key($"{seconds}"), _fixture.Clock.Now.AddSeconds(seconds), retry: false);
        foreach (var seconds in new[] { 10, 20, 30 })
        {
            Advance(10);
            _fixture.WorkAll().ShouldBe([QueueFixture.Key($"{seconds}")]);
        }
    }

    [Fact]
    public void A_wait_longer_than_any_timer_can_be_set_for_works()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddDays(100), retry: false);
        _fixture.Clock.Advance(TimeSpan.FromDays(100) - TimeSpan.FromSeconds(1));
        Queue.Count.ShouldBe(0);
        Advance(1);
        Queue.Count.ShouldBe(1);

        using var real = new WorkQueue("real", _ => default, TimeProvider.System, _fixture.Probe.Metrics);
        real.AddAt(A, TimeProvider.System.GetUtcNow().AddYears(10), retry: false);
        real.DelayedCount.ShouldBe(1);
    }

    [Fact]
    public void A_wall_clock_that_jumps_forward_is_noticed_within_a_minute()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddHours(5), retry: false);
        _fixture.Clock.Step(TimeSpan.FromHours(6));
        Queue.Count.ShouldBe(0);
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task On_the_system_clock_a_delayed_key_arrives()
    {
        using var real = new WorkQueue("real", _ => default, TimeProvider.System, _fixture.Probe.Metrics);
        var due = TimeProvider.System.GetUtcNow().AddMilliseconds(30);
        real.AddAt(A, due, retry: false);
        (await real.GetAsync(TestContext.Current.CancellationToken).InTime()).ShouldBe(A);
        TimeProvider.System.GetUtcNow().ShouldBeGreaterThanOrEqualTo(due);
    }

    private void Advance(double seconds) => _fixture.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private sealed class LateClock : FakeTimeProvider
    {
        public Action? Tick { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Tick = () => callback(state);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
