using System.Diagnostics;
using ControllerRuntime.Connection;
using ControllerRuntime.Telemetry;
using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests;

public sealed class ControllerTests
{
    private static readonly ObjectKey A = new("team", "a");
    private static readonly ObjectKey B = new("team", "b");

    [Fact]
    public async Task At_the_start_all_that_there_is_is_reconciled_and_nothing_that_came_and_went_before()
    {
        await using var fixture = new ControllerFixture();
        fixture.Controller.Enqueue(B);
        fixture.Queue.Count.ShouldBe(0);
        fixture.Existing = [A];
        fixture.Start();
        await fixture.ReconciledAsync(1);
        fixture.Reconciled.ShouldBe([A]);
    }

    [Fact]
    public async Task Done_waits_for_the_next_event()
    {
        await using var fixture = new ControllerFixture();
        fixture.Start();
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(1);
        fixture.Queue.DelayedCount.ShouldBe(0);
        fixture.Probe.Sum("controller_runtime_reconcile_total", "controller=test,result=success").ShouldBe(1);
    }

    [Fact]
    public async Task WakeAt_brings_the_key_back_at_that_time()
    {
        await using var fixture = new ControllerFixture();
        var at = fixture.Clock.Now.AddHours(1);
        fixture.Reconcile = (_, _) => Task.FromResult(fixture.Clock.Now < at ? ReconcileResult.WakeAt(at) : ReconcileResult.Done);
        fixture.Start();
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(1);
        fixture.Queue.DelayedCount.ShouldBe(1);
        fixture.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        fixture.Queue.Count.ShouldBe(0);
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await fixture.ReconciledAsync(2);
        fixture.Probe.Sum("controller_runtime_reconcile_total", "controller=test,result=requeue_after").ShouldBe(1);
    }

    [Fact]
    public async Task Done_drops_the_time_that_was_set_before()
    {
        await using var fixture = new ControllerFixture();
        var results = new Queue<ReconcileResult>([ReconcileResult.WakeAt(fixture.Clock.Now.AddHours(1)), ReconcileResult.Done]);
        fixture.Reconcile = (_, _) => Task.FromResult(results.Dequeue());
        fixture.Start();
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(1);
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(2);
        fixture.Queue.DelayedCount.ShouldBe(0);
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        fixture.Queue.Count.ShouldBe(0);
    }

    [Fact]
    public async Task RetryAt_comes_back_at_its_time_and_ranks_after_normal_work()
    {
        await using var fixture = new ControllerFixture(workers: 1);
        var gate = new TaskCompletionSource();
        var at = fixture.Clock.Now.AddSeconds(30);
        fixture.Reconcile = async (key, _) =>
        {
            if (key.Name == "gate") await gate.Task;
            return key == A && fixture.Clock.Now < at ? ReconcileResult.RetryAt(at) : ReconcileResult.Done;
        };
        fixture.Start();
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(1);
        fixture.Controller.Enqueue(new ObjectKey("team", "gate"));
        await Eventually.Async(() => fixture.Queue.Count == 0, "the worker to be busy");
        fixture.Clock.Advance(TimeSpan.FromSeconds(30));
        fixture.Controller.Enqueue(B);
        gate.SetResult();
        await fixture.ReconciledAsync(4);
        fixture.Reconciled.ShouldBe([A, new ObjectKey("team", "gate"), B, A]);
        fixture.Probe.Sum("controller_runtime_reconcile_total", "controller=test,result=error").ShouldBe(1);
    }

    [Fact]
    public async Task An_exception_is_told_once_and_retried_within_a_bound_that_doubles()
    {
        await using var fixture = new ControllerFixture();
        var cause = "no luck";
        fixture.Reconcile = (_, _) => throw new InvalidOperationException(cause);
        fixture.Start();
        fixture.Controller.Enqueue(A);
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await fixture.ReconciledAsync(attempt);
            fixture.Queue.DelayedCount.ShouldBe(1);
            fixture.Log.Problems.Count.ShouldBe(attempt <= 5 ? 1 : 2);
            if (attempt == 5)
                cause = "no luck again";
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(5 * Math.Pow(2, attempt - 1)));
        }

        fixture.Log.Problems.ShouldAllBe(line => line.Contains("team/a") && line.Contains("no luck"));
        fixture.Log.Problems[1].ShouldContain("no luck again", Case.Sensitive, "another cause is news");
    }

    [Fact]
    public async Task Retry_is_retried_like_an_exception_and_not_told()
    {
        await using var fixture = new ControllerFixture();
        fixture.Reconcile = (_, _) => Task.FromResult(ReconcileResult.Retry);
        fixture.Start();
        fixture.Controller.Enqueue(A);
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            await fixture.ReconciledAsync(attempt);
            fixture.Queue.DelayedCount.ShouldBe(1);
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(5 * Math.Pow(2, attempt - 1)));
        }

        fixture.Log.Problems.ShouldBeEmpty();
        fixture.Probe.Sum("controller_runtime_reconcile_total", "controller=test,result=error").ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public async Task A_success_forgets_the_failures()
    {
        await using var fixture = new ControllerFixture();
        var outcomes = new Queue<bool>([false, false, false, false, false, false, true, false]);
        fixture.Reconcile = (_, _) => outcomes.Dequeue() ? Task.FromResult(ReconcileResult.WakeAt(fixture.Clock.Now.AddHours(1))) : throw new InvalidOperationException("no luck");
        fixture.Start();
        for (var attempt = 1; attempt <= 8; attempt++)
        {
            fixture.Controller.Enqueue(A);
            await fixture.ReconciledAsync(attempt);
        }

        fixture.Log.Problems[^1].ShouldContain("tries again in 0.005 s");
    }

    [Fact]
    public async Task A_refusal_is_told_with_its_reason_and_message()
    {
        await using var fixture = new ControllerFixture();
        fixture.Reconcile = (_, _) => throw new ApiException(403, "Forbidden", "secrets is forbidden", null);
        fixture.Start();
        fixture.Controller.Enqueue(A);
        await fixture.ReconciledAsync(1);
        fixture.Log.Problems.Single().ShouldContain("403 Forbidden: secrets is forbidden");
    }

    [Fact]
    public async Task As_many_keys_are_reconciled_at_once_as_there_are_workers()
    {
        await using var fixture = new ControllerFixture(workers: 3);
        var gate = new TaskCompletionSource();
        var running = 0;
        fixture.Reconcile = async (_, _) =>
        {
            Interlocked.Increment(ref running);
            await gate.Task;
            return ReconcileResult.Done;
        };
        fixture.Existing = [.. Enumerable.Range(0, 5).Select(i => new ObjectKey("team", $"{i}"))];
        fixture.Start();
        await Eventually.Async(() => running == 3, "three workers");
        fixture.Queue.Count.ShouldBe(2);
        fixture.Probe.Sum("controller_runtime_active_workers", "controller=test").ShouldBe(3);
        gate.SetResult();
        await fixture.ReconciledAsync(5);
    }

    [Fact]
    public async Task A_stop_takes_no_more_keys_and_lets_the_running_ones_finish()
    {
        await using var fixture = new ControllerFixture(workers: 1);
        var gate = new TaskCompletionSource();
        var token = CancellationToken.None;
        fixture.Reconcile = async (_, cancellation) =>
        {
            token = cancellation;
            await gate.Task;
            return ReconcileResult.Done;
        };
        fixture.Existing = [A, B];
        fixture.Start();
        await Eventually.Async(() => token.CanBeCanceled, "the first reconcile");
        fixture.Stop();
        fixture.Clock.Advance(TimeSpan.FromSeconds(7.9));
        token.IsCancellationRequested.ShouldBeFalse();
        fixture.Running.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        await fixture.Running.InTime();
        fixture.Reconciled.ShouldBe([A]);
        fixture.Queue.Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_the_drain_deadline_running_reconciles_are_cancelled_and_their_keys_kept()
    {
        await using var fixture = new ControllerFixture(workers: 1);
        var started = new TaskCompletionSource();
        fixture.Reconcile = async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, fixture.Clock, cancellation);
            return ReconcileResult.Done;
        };
        fixture.Existing = [A];
        fixture.Start();
        await started.Task.InTime();
        fixture.Stop();
        fixture.Running.IsCompleted.ShouldBeFalse();
        fixture.Clock.Advance(TimeSpan.FromSeconds(8));
        await fixture.Running.InTime();
        fixture.Queue.Count.ShouldBe(1);
        fixture.Probe.Sum("controller_runtime_reconcile_total", "controller=test,result=error").ShouldBe(0);
    }

    [Fact]
    public async Task An_abort_cancels_running_reconciles_at_once()
    {
        await using var fixture = new ControllerFixture();
        var started = new TaskCompletionSource();
        fixture.Reconcile = async (_, cancellation) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, fixture.Clock, cancellation);
            return ReconcileResult.Done;
        };
        fixture.Existing = [A];
        fixture.Start();
        await started.Task.InTime();
        fixture.Abort();
        await fixture.Running.InTime();
    }

    [Fact]
    public async Task Each_reconcile_is_one_span_that_tells_the_type_of_a_failure_and_not_its_message()
    {
        var name = $"traced-{Guid.NewGuid()}";
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RuntimeMetrics.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans) if (span.GetTagItem("k8s.object.name") is string traced && traced == name) spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var fixture = new ControllerFixture();
        fixture.Reconcile = (_, _) => throw new InvalidOperationException("hunter2");
        fixture.Start();
        fixture.Controller.Enqueue(new ObjectKey("team", name));
        await Eventually.Async(() => { lock (spans) return spans.Count == 1; }, "the span");
        spans[0].Status.ShouldBe(ActivityStatusCode.Error);
        spans[0].StatusDescription.ShouldBeNull();
        spans[0].GetTagItem("error.type").ShouldBe("System.InvalidOperationException");
    }
}
