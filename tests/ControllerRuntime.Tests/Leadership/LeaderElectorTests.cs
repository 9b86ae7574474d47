using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ControllerRuntime.Leadership;
using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Leadership;

public sealed class LeaderElectorTests : IAsyncLifetime
{
    private readonly TestClock _clock = new();
    private LeaseServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await LeaseServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_first_candidate_creates_the_lease()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var spec = _server.Lease!["spec"]!;
        ((string?)spec["holderIdentity"], (int?)spec["leaseDurationSeconds"], (int?)spec["leaseTransitions"]).ShouldBe(("one", 15, 0));
        ((string?)spec["acquireTime"], (string?)spec["renewTime"]).ShouldBe(("2026-03-01T12:00:00.000000Z", "2026-03-01T12:00:00.000000Z"));
        one.MasterStatus.ShouldBe(1);
    }

    [Fact]
    public async Task A_leader_renews_every_two_seconds_and_keeps_when_it_acquired()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        for (var renewal = 1; renewal <= 20; renewal++)
        {
            (await _clock.PassPauseAsync()).ShouldBe(TimeSpan.FromSeconds(2));
            await Eventually.Async(() => _server.Writes == renewal + 1, "a renewal");
        }

        await _clock.RestAsync();
        var spec = _server.Lease!["spec"]!;
        ((string?)spec["acquireTime"], (string?)spec["renewTime"], (int?)spec["leaseTransitions"])
            .ShouldBe(("2026-03-01T12:00:00.000000Z", "2026-03-01T12:00:40.000000Z", 0));
        one.Elector.IsLeader.ShouldBeTrue();
    }

    [Fact]
    public async Task What_others_put_on_the_lease_stays_on_it()
    {
        _server.Set(LeaseServer.HeldBy(""));
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var lease = _server.Lease!;
        ((string?)lease["metadata"]!["labels"]!["team"], (string?)lease["spec"]!["strategy"], (int?)lease["spec"]!["leaseTransitions"])
            .ShouldBe(("a", "OldestEmulationVersion", 4));
    }

    [Fact]
    public async Task A_follower_takes_over_when_the_holder_was_silent_for_the_lease_by_the_followers_own_clock()
    {
        _server.Set(LeaseServer.HeldBy("dead", "2099-01-01T00:00:00.000000Z"));
        await using var one = new Candidate(_server, _clock, "one");
        var start = _clock.Now;
        while (!one.IsWorking && _clock.Now - start < TimeSpan.FromSeconds(20))
        {
            one.Elector.IsLeader.ShouldBeFalse();
            (await _clock.PassPauseAsync()).ShouldBeInRange(TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(800));
            await _clock.RestAsync();
        }

        (_clock.Now - start).ShouldBeInRange(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15.8));
        _server.Holder.ShouldBe("one");
    }

    [Fact]
    public async Task A_holder_with_a_longer_lease_than_the_followers_own_is_given_that_time()
    {
        _server.Set(LeaseServer.HeldBy("dead", seconds: 40));
        await using var one = new Candidate(_server, _clock, "one");
        var start = _clock.Now;
        while (!one.IsWorking && _clock.Now - start < TimeSpan.FromSeconds(45))
        {
            await _clock.PassPauseAsync();
            await _clock.RestAsync();
        }

        (_clock.Now - start).ShouldBeInRange(TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(40.8));
    }

    [Fact]
    public async Task A_holder_that_renews_is_left_alone_however_wrong_its_clock()
    {
        _server.Set(LeaseServer.HeldBy("alive", "1999-01-01T00:00:00.000000Z"));
        await using var one = new Candidate(_server, _clock, "one");
        for (var i = 0; i < 100; i++)
        {
            await _clock.PassPauseAsync();
            await _clock.RestAsync();
            _server.Set(LeaseServer.HeldBy("alive", $"1999-01-01T00:{i / 60:00}:{i % 60:00}.000000Z"));
        }

        (one.IsWorking, _server.Writes).ShouldBe((false, 0));
    }

    [Fact]
    public async Task Of_two_that_race_for_a_free_lease_one_leads()
    {
        for (var round = 0; round < 10; round++)
        {
            _server.Set(round % 2 == 0 ? null : LeaseServer.HeldBy(""));
            await using var one = new Candidate(_server, _clock, "one");
            await using var two = new Candidate(_server, _clock, "two");
            await _clock.RestAsync(pauses: 2);
            (one.IsWorking ^ two.IsWorking).ShouldBeTrue();
            _server.Holder.ShouldBe(one.IsWorking ? "one" : "two");
        }
    }

    [Fact]
    public async Task At_a_stop_the_lease_is_kept_until_the_work_has_ended_and_then_released_and_taken_over_within_a_second()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        await using var two = new Candidate(_server, _clock, "two");
        await _clock.RestAsync(pauses: 2);
        one.Stop();
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(800));
            await _clock.RestAsync(pauses: 2);
        }

        (one.IsWorking, one.Elector.IsLeader, two.IsWorking, _server.Holder).ShouldBe((true, true, false, "one"));
        one.EndWork();
        await one.Running.InTime();
        _server.Holder.ShouldBeNull();
        ((int?)_server.Lease!["spec"]!["leaseDurationSeconds"]).ShouldBe(1);
        (one.Elector.IsLeader, one.MasterStatus).ShouldBe((false, 0));
        _clock.Advance(TimeSpan.FromMilliseconds(800));
        await two.LeadsAsync();
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_is_cut_off_ten_seconds_after_its_last_renewal_and_before_another_may_lead()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        await _clock.PassPauseAsync();
        await _clock.RestAsync();
        var renewed = _clock.Now;
        _server.Intercept = _ => Task.FromResult(500);
        while (!one.Running.IsCompleted && _clock.Now - renewed < TimeSpan.FromSeconds(20))
        {
            one.Elector.IsLeader.ShouldBe(_clock.Now - renewed < TimeSpan.FromSeconds(10));
            _clock.Advance(TimeSpan.FromSeconds(2));
            // At the deadline only the end will do: a pause seen there is one that is about to be cancelled.
            var isDue = _clock.Now - renewed >= TimeSpan.FromSeconds(10);
            await Eventually.Async(() => one.Running.IsCompleted || (!isDue && _clock.Pauses.Count == 1), "the end or the next pause");
        }

        (await Should.ThrowAsync<LeadershipLostException>(one.Running)).Message.ShouldContain("could not be renewed");
        (_clock.Now - renewed).ShouldBe(TimeSpan.FromSeconds(10));
        (one.WasAborted, one.IsWorking, one.MasterStatus).ShouldBe((true, false, 0));
    }

    [Fact]
    public async Task A_renewal_that_hangs_does_not_outlast_the_deadline()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var hanging = await RenewWithoutAnswerAsync();
        _clock.Advance(TimeSpan.FromSeconds(7.9));
        one.Running.IsCompleted.ShouldBeFalse();
        one.Elector.IsLeader.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime());
        hanging.SetResult(0);
        await Should.ThrowAsync<LeadershipLostException>(one.Running);
    }

    [Fact]
    public async Task A_renewal_that_hangs_after_others_failed_does_not_outlast_the_deadline()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        _server.Intercept = _ => Task.FromResult(503);
        for (var failed = 0; failed < 3; failed++)
        {
            await _clock.PassPauseAsync();
            await _clock.RestAsync();
        }

        var hanging = await RenewWithoutAnswerAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime());
        hanging.SetResult(0);
    }

    [Fact]
    public async Task A_leader_that_was_paused_beyond_its_deadline_ends_and_writes_nothing()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        await _clock.RestAsync();
        _clock.Advance(TimeSpan.FromSeconds(14));
        await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime());
        (_server.Writes, one.WasAborted).ShouldBe((1, true));
    }

    [Fact]
    public async Task Work_that_does_not_end_when_the_lease_is_lost_is_waited_for_two_seconds()
    {
        await using var one = new Candidate(_server, _clock, "one", endsWhenAborted: false);
        await one.LeadsAsync();
        _server.Set(LeaseServer.HeldBy("usurper"));
        await _clock.PassPauseAsync();
        await Eventually.Async(() => one.WasAborted, "the end of the work to be asked for");
        (await _clock.PassPauseAsync()).ShouldBe(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime());
        one.IsWorking.ShouldBeTrue();
    }

    [Fact]
    public async Task Work_that_fails_frees_the_lease_and_is_heard_of()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        one.FailWork(new InvalidOperationException("a defect"));
        (await Should.ThrowAsync<InvalidOperationException>(one.Running.InTime())).Message.ShouldBe("a defect");
        _server.Holder.ShouldBeNull();
    }

    [Fact]
    public async Task A_renewal_is_one_request()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        await _clock.RestAsync();
        var methods = new ConcurrentQueue<string>();
        _server.Intercept = request =>
        {
            methods.Enqueue(request.Method);
            return Task.FromResult(0);
        };
        await _clock.PassPauseAsync();
        await Eventually.Async(() => _server.Writes == 2, "a renewal");
        await _clock.RestAsync();
        methods.ShouldBe(["PUT"]);
    }

    [Fact]
    public async Task A_few_failures_within_the_deadline_change_nothing()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        for (var round = 0; round < 5; round++)
        {
            _server.Intercept = _ => Task.FromResult(503);
            for (var failure = 0; failure < 3; failure++) await _clock.PassPauseAsync();
            await _clock.RestAsync();
            _server.Intercept = _ => Task.FromResult(0);
            await _clock.PassPauseAsync();
            await _clock.RestAsync();
        }

        one.Elector.IsLeader.ShouldBeTrue();
        one.Log.Problems.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_leader_that_finds_another_holder_ends_at_once_and_leaves_the_lease_alone()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        _server.Set(LeaseServer.HeldBy("usurper"));
        await _clock.PassPauseAsync();
        (await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime())).Message.ShouldContain("usurper");
        _server.Holder.ShouldBe("usurper");
        one.WasAborted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_leader_whose_lease_is_deleted_ends()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        _server.Set(null);
        await _clock.PassPauseAsync();
        await Should.ThrowAsync<LeadershipLostException>(one.Running.InTime());
        _server.Lease.ShouldBeNull();
    }

    [Fact]
    public async Task A_label_put_on_the_lease_costs_a_conflict_and_not_the_leadership()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var lease = _server.Lease!;
        lease["metadata"]!["labels"] = new JsonObject { ["new"] = "yes" };
        _server.Set(lease);
        await _clock.PassPauseAsync();
        await _clock.RestAsync();
        one.Elector.IsLeader.ShouldBeTrue();
        ((string?)_server.Lease!["metadata"]!["labels"]!["new"], (string?)_server.Lease!["spec"]!["renewTime"]).ShouldBe(("yes", "2026-03-01T12:00:02.000000Z"));
    }

    [Fact]
    public async Task A_write_that_arrived_though_its_answer_was_lost_is_recognised()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var lease = _server.Lease!;
        lease["spec"]!["renewTime"] = "2026-03-01T12:00:01.000000Z";
        _server.Set(lease);
        await _clock.PassPauseAsync();
        await _clock.RestAsync();
        one.Elector.IsLeader.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lease_acquired_at_the_moment_of_the_stop_is_released()
    {
        var arrived = new TaskCompletionSource();
        var proceed = new TaskCompletionSource<int>();
        _server.Intercept = request =>
        {
            if (request.Method != "POST") return Task.FromResult(0);
            arrived.SetResult();
            return proceed.Task;
        };
        await using var one = new Candidate(_server, _clock, "one");
        await arrived.Task.InTime();
        one.Stop();
        one.EndWork();
        proceed.SetResult(0);
        await one.Running.InTime();
        (_server.Writes, _server.Holder).ShouldBe((2, null));
    }

    [Fact]
    public async Task A_follower_that_is_stopped_ends_without_having_led()
    {
        _server.Set(LeaseServer.HeldBy("alive"));
        await using var one = new Candidate(_server, _clock, "one");
        await _clock.RestAsync();
        one.MasterStatus.ShouldBe(0);
        one.Stop();
        await one.Running.InTime();
        (one.IsWorking, _server.Writes).ShouldBe((false, 0));
    }

    [Fact]
    public async Task One_renewal_that_hangs_costs_no_leadership()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        var hanging = await RenewWithoutAnswerAsync();
        _server.Intercept = _ => Task.FromResult(0);

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await _clock.PassPauseAsync()).ShouldBe(TimeSpan.FromSeconds(2));
        await Eventually.Async(() => _server.Writes == 2, "another renewal");

        hanging.SetResult(0);
        one.Elector.IsLeader.ShouldBeTrue();
        one.Log.Problems.ShouldHaveSingleItem().ShouldContain("The lease operator could not be read or written: the API server did not answer in time");
    }

    [Fact]
    public async Task A_slow_renewal_is_waited_for_however_long_one_has_led()
    {
        await using var one = new Candidate(_server, _clock, "one");
        await one.LeadsAsync();
        for (var renewal = 0; renewal < 10; renewal++)
        {
            await _clock.PassPauseAsync();
            await _clock.RestAsync();
        }

        var slow = await RenewWithoutAnswerAsync();
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        slow.SetResult(0);
        await _clock.RestAsync();
        one.Elector.IsLeader.ShouldBeTrue();
        one.Log.Problems.ShouldBeEmpty();
    }

    [Fact]
    public void Times_that_do_not_fit_together_are_refused()
    {
        var options = new LeaderElectionOptions { Namespace = "n", Name = "l" };
        Should.NotThrow(options.Validate);
        Should.Throw<ArgumentException>((options with { RenewDeadline = TimeSpan.FromSeconds(15) }).Validate);
        Should.Throw<ArgumentException>((options with { RetryPeriod = TimeSpan.FromSeconds(10) }).Validate);
        Should.Throw<ArgumentException>((options with { FollowerPeriod = TimeSpan.Zero }).Validate);
        options.Identity.ShouldStartWith(Environment.MachineName + "_");
    }

    /// <summary>Has a renewal fall due and arrive at a server that answers no more.</summary>
    /// <returns>The answer: the status to refuse with, or 0.</returns>
    private async Task<TaskCompletionSource<int>> RenewWithoutAnswerAsync()
    {
        var (answer, arrived) = (new TaskCompletionSource<int>(), new TaskCompletionSource());
        _server.Intercept = _ =>
        {
            arrived.TrySetResult();
            return answer.Task;
        };
        await _clock.PassPauseAsync();
        await arrived.Task.InTime();
        return answer;
    }
}
