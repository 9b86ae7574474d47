using ControllerRuntime.Queue;

namespace ControllerRuntime.Tests.Queue;

public sealed class WorkQueueTests : IDisposable
{
    private static readonly ObjectKey A = QueueFixture.Key("a");
    private static readonly ObjectKey B = QueueFixture.Key("b");

    private readonly QueueFixture _fixture = new();

    private WorkQueue Queue => _fixture.Queue;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void A_key_that_waits_is_not_added_again()
    {
        Queue.Add(A);
        Queue.Add(A);
        Queue.Count.ShouldBe(1);
        _fixture.WorkAll().ShouldBe([A]);
    }

    [Fact]
    public void A_key_added_while_it_is_processed_comes_back_once_after_done_and_not_before()
    {
        Queue.Add(A);
        _fixture.Get();
        Queue.Add(A);
        Queue.Add(A);
        Queue.Count.ShouldBe(0);
        Queue.Done(A);
        _fixture.WorkAll().ShouldBe([A]);
    }

    /// <summary>A replica that follows has its keys wait for hours: when it takes over, the deadlines of today count.</summary>
    [Fact]
    public void A_key_that_waits_is_ranked_by_the_deadline_that_it_has_when_it_is_added_last()
    {
        foreach (var (name, deadline) in new[] { ("a", 100), ("b", 200), ("c", 300), ("a", 10_000), ("b", 9_000), ("c", 8_000) })
            _fixture.Add("default", name, deadline);
        _fixture.WorkAll().Select(key => key.Name).ShouldBe(["c", "b", "a"]);
    }

    [Fact]
    public void A_key_that_is_done_and_was_not_added_meanwhile_stays_away()
    {
        Queue.Add(A);
        _fixture.Work();
        Queue.Count.ShouldBe(0);
    }

    [Fact]
    public void Done_without_get_is_a_defect_that_shows() =>
        Should.Throw<InvalidOperationException>(() => Queue.Done(A));

    [Fact]
    public async Task A_worker_that_waits_gets_the_key_when_it_comes()
    {
        var get = Queue.GetAsync(TestContext.Current.CancellationToken);
        get.IsCompleted.ShouldBeFalse();
        Queue.Add(A);
        (await get).ShouldBe(A);
    }

    [Fact]
    public async Task A_worker_that_is_cancelled_takes_no_key()
    {
        using var stop = new CancellationTokenSource();
        var get = Queue.GetAsync(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(get);
        Queue.Add(A);
        await Should.ThrowAsync<OperationCanceledException>(Queue.GetAsync(stop.Token));
        _fixture.WorkAll().ShouldBe([A]);
    }

    [Fact]
    public async Task A_key_added_right_after_a_cancellation_is_not_taken_by_the_worker_that_waited()
    {
        for (var round = 0; round < 500; round++)
        {
            using var stop = new CancellationTokenSource();
            var get = Queue.GetAsync(stop.Token);
#pragma warning disable CA1849 // The race is between a cancellation and an addition on the same thread.
            stop.Cancel();
#pragma warning restore CA1849
            Queue.Add(A);
            await Should.ThrowAsync<OperationCanceledException>(get);
            _fixture.Work().ShouldBe(A);
        }
    }

    [Fact]
    public void Retries_rank_after_all_normal_work_however_near_their_deadline()
    {
        _fixture.Deadlines[B] = _fixture.Clock.Now.AddYears(-1);
        Queue.AddAt(B, _fixture.Clock.Now, retry: true);
        _fixture.Add("default", "c", 60);
        Queue.Add(A);
        _fixture.WorkAll().ShouldBe([A, QueueFixture.Key("c"), B]);
    }

    [Fact]
    public void An_event_makes_a_waiting_retry_normal_work()
    {
        Queue.AddAt(B, _fixture.Clock.Now, retry: true);
        _fixture.Add("default", "c", 60);
        Queue.Add(B);
        _fixture.WorkAll().ShouldBe([B, QueueFixture.Key("c")]);
    }

    [Fact]
    public void A_retry_does_not_demote_what_waits_as_normal_work()
    {
        Queue.Add(B);
        Queue.AddAt(B, _fixture.Clock.Now, retry: true);
        _fixture.Add("default", "c", 60);
        _fixture.WorkAll().ShouldBe([B, QueueFixture.Key("c")]);
    }

    [Fact]
    public void A_key_that_is_processed_and_got_both_an_event_and_a_retry_comes_back_as_normal_work()
    {
        Queue.Add(A);
        _fixture.Get();
        Queue.AddAt(A, _fixture.Clock.Now, retry: true);
        Queue.Add(A);
        Queue.AddAt(A, _fixture.Clock.Now, retry: true);
        _fixture.Add("default", "c", 60);
        Queue.Done(A);
        _fixture.WorkAll().ShouldBe([A, QueueFixture.Key("c")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_that_is_processed_comes_back_as_what_it_got_meanwhile(bool retry)
    {
        var other = QueueFixture.Key("c");
        Queue.Add(A);
        _fixture.Get();
        if (retry) Queue.AddAt(A, _fixture.Clock.Now, retry: true);
        else Queue.Add(A);
        Queue.Done(A);
        _fixture.Add("default", "c", 60);
        _fixture.WorkAll().ShouldBe(retry ? [other, A] : [A, other]);
    }

    [Fact]
    public void Retries_get_one_slot_in_sixteen_while_normal_work_waits()
    {
        for (var i = 0; i < 100; i++) _fixture.Add("default", $"normal-{i:000}", i);
        for (var i = 0; i < 3; i++) Queue.AddAt(QueueFixture.Key($"retry-{i}"), _fixture.Clock.Now, retry: true);
        var order = _fixture.WorkAll();
        var slots = order.Select((key, slot) => (key, slot)).Where(entry => entry.key.Name.StartsWith("retry", StringComparison.Ordinal)).Select(entry => entry.slot);
        slots.ShouldBe([15, 31, 47]);
    }

    [Fact]
    public void The_deadline_is_asked_for_when_a_key_becomes_ready()
    {
        Queue.AddAt(A, _fixture.Clock.Now.AddSeconds(10), retry: false);
        Queue.AddAt(B, _fixture.Clock.Now.AddSeconds(10), retry: false);
        _fixture.Deadlines[A] = _fixture.Clock.Now.AddSeconds(100);
        _fixture.Deadlines[B] = _fixture.Clock.Now.AddSeconds(50);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(10));
        _fixture.WorkAll().ShouldBe([B, A]);
    }

    [Fact]
    public void The_ages_are_those_of_the_key_that_waits_longest_and_of_the_keys_that_are_worked_on()
    {
        Queue.Ages().ShouldBe(default);
        _fixture.Add("default", "urgent", 1);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        _fixture.Add("default", "later", 60);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Queue.Ages().ShouldBe(new QueueAges(Seconds(3), default, default));
        var urgent = _fixture.Get();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        Queue.Ages().ShouldBe(new QueueAges(Seconds(7), Seconds(5), Seconds(5)));
        _fixture.Get();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        Queue.Ages().ShouldBe(new QueueAges(default, Seconds(9 + 4), Seconds(9)));
        Queue.Done(urgent);
        Queue.Ages().ShouldBe(new QueueAges(default, Seconds(4), Seconds(4)));
    }

    [Fact]
    public void The_queue_reports_with_the_metric_names_of_client_go()
    {
        const string tags = "name=test,controller=test";
        Queue.Add(A);
        Queue.Add(A);
        Queue.AddAt(B, _fixture.Clock.Now, retry: true);
        _fixture.Probe.Sum("workqueue_depth", tags).ShouldBe(2);
        _fixture.Probe.Sum("workqueue_adds_total", tags).ShouldBe(2);
        _fixture.Probe.Sum("workqueue_retries_total", tags).ShouldBe(1);
        _fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        _fixture.Get();
        _fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Queue.Done(A);
        _fixture.Probe.Sum("workqueue_depth", tags).ShouldBe(1);
        _fixture.Probe.Values("workqueue_queue_duration_seconds", tags).ShouldBe([3]);
        _fixture.Probe.Values("workqueue_work_duration_seconds", tags).ShouldBe([2]);
    }

    [Fact]
    public void A_key_added_while_it_is_processed_is_one_more_addition_however_often_it_is()
    {
        Queue.Add(A);
        _fixture.Get();
        Queue.Add(A);
        Queue.Add(A);
        Queue.Done(A);
        _fixture.Probe.Sum("workqueue_adds_total", "name=test,controller=test").ShouldBe(2);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
