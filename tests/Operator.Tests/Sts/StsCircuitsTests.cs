using UploadSessions.Operator.Sts;
using UploadSessions.Planning;

namespace Operator.Tests.Sts;

public sealed class StsCircuitsTests
{
    private const string Sts = "eu-west-3";
    private static readonly IssuanceError Failure = StsErrorTable.Unavailable("ConnectionFailed", "nobody was there");
    private readonly StsCircuits _circuits = new(mostProbes: 2);

    [Fact]
    public void Calls_go_on_until_three_in_a_row_went_unanswered()
    {
        foreach (var _ in Enumerable.Range(0, 10))
        {
            Fail(Sts, 2);
            Answer(Sts);
        }

        Fail(Sts, 2);
        Enter(Sts).Refusal.ShouldBeNull();
        Fail(Sts, 1);
        Enter(Sts).IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void One_call_at_a_time_looks_whether_it_is_back_and_the_others_are_told_of_the_last_failure()
    {
        Fail(Sts, 3);
        var probe = Enter(Sts);
        (probe.Refusal, probe.IsProbe).ShouldBe((null, true));
        (Enter(Sts).Refusal, Enter(Sts).IsProbe).ShouldBe((Failure, false));

        var later = Failure with { Code = "Timeout" };
        probe.Unanswered(later);
        Enter(Sts).Refusal.ShouldBe(later, "the probe has not ended");
        probe.Dispose();

        Enter(Sts).IsProbe.ShouldBeTrue();
        Enter(Sts).Refusal.ShouldBe(later);
    }

    [Fact]
    public void Whether_a_call_would_be_refused_can_be_told_before_and_takes_nobodys_place()
    {
        Fail(Sts, 2);
        _circuits.Refusal(Sts).ShouldBe(default);
        var outage = Fail(Sts, 1);
        _circuits.Refusal(Sts).ShouldBe(default, "a probe is free");
        using (Enter(Sts))
            _circuits.Refusal(Sts).ShouldBe(new StsOutcome(null, Failure, outage));
        Enter(Sts).IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void A_call_that_was_not_made_after_all_makes_room_for_the_next()
    {
        Fail(Sts, 3);
        foreach (var _ in Enumerable.Range(0, 10))
        {
            using var probe = Enter(Sts);
            probe.IsProbe.ShouldBeTrue();
        }
    }

    [Fact]
    public void An_answer_lets_all_go_on_and_a_probe_that_was_under_way_counts_no_more()
    {
        Fail(Sts, 3);
        var probe = Enter(Sts);
        Answer(Sts);
        (Enter(Sts).Refusal, Enter(Sts).IsProbe).ShouldBe((null, false));

        Fail(Sts, 3);
        probe.Dispose();
        Enter(Sts).IsProbe.ShouldBeTrue();
        Enter(Sts).Refusal.ShouldBe(Failure);
    }

    [Fact]
    public void An_outage_begins_with_the_third_and_its_end_is_told_once()
    {
        var ended = new List<long>();
        _circuits.SubscribeToRecovery(ended.Add);
        Fail(Sts, 2).ShouldBeNull();
        var first = Fail(Sts, 1).ShouldNotBeNull();
        Fail(Sts, 1).ShouldBe(first);
        using (var probe = Enter(Sts))
            Enter(Sts).Outage.ShouldBe(first, "of one that is refused");
        Fail("eu-west-1", 3).ShouldNotBe(first);
        _circuits.IsOver(first).ShouldBeFalse();

        Answer(Sts);
        Answer(Sts);
        ended.ShouldBe([first]);
        _circuits.IsOver(first).ShouldBeTrue();

        var second = Fail(Sts, 3).ShouldNotBeNull();
        (second != first, _circuits.IsOver(first), _circuits.IsOver(second)).ShouldBe((true, true, false));
    }

    [Fact]
    public void One_that_is_silent_concerns_no_other()
    {
        Fail(Sts, 3);
        (Enter("eu-west-1").Refusal, Enter("eu-west-1").IsProbe).ShouldBe((null, false));
    }

    [Fact]
    public void Many_that_are_silent_are_not_all_probed_at_once()
    {
        foreach (var sts in new[] { "a", "b", "c" })
            Fail(sts, 3);
        using var first = Enter("a");
        using (Enter("b"))
            Enter("c").Refusal.ShouldBe(Failure);
        Enter("c").IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void Made_up_regions_put_nothing_aside_that_is_in_use()
    {
        Fail(Sts, 3);
        foreach (var made in Enumerable.Range(0, 10_000))
        {
            Fail($"made-up-{made}", 1);
            using var probe = Enter(Sts);
            probe.IsProbe.ShouldBeTrue();
        }
    }

    [Fact]
    public void One_that_was_in_use_is_probed_however_many_are_that_never_answered()
    {
        Answer(Sts);
        foreach (var sts in new[] { "a", "b", Sts })
            Fail(sts, 3);
        using var first = Enter("a");
        using var second = Enter("b");

        Enter(Sts).IsProbe.ShouldBeTrue();
    }

    [Fact]
    public void One_that_missed_a_call_is_not_refused_while_others_are_probed()
    {
        foreach (var other in new[] { "one", "two" })
            Fail(other, 3);
        using var first = Enter("one");
        using var second = Enter("two");

        Fail(Sts, 1);
        _circuits.Refusal(Sts).ShouldBe(default);
        Enter(Sts).Refusal.ShouldBeNull();
    }

    private StsCircuits.Passage Enter(string sts) => _circuits.Enter(sts);

    /// <returns>The outage that the last of them belongs to.</returns>
    private long? Fail(string sts, int times)
    {
        long? outage = null;
        foreach (var _ in Enumerable.Range(0, times))
        {
            using var passage = Enter(sts);
            passage.Unanswered(Failure);
            outage = passage.Outage;
        }

        return outage;
    }

    private void Answer(string sts)
    {
        using var passage = Enter(sts);
        passage.Answered();
    }
}
