using ControllerRuntime.Leadership;
using CsCheck;

namespace ControllerRuntime.Tests.Leadership;

public sealed class LeaseDecisionTests
{
    private const string Us = "us", Them = "them", Nobody = "";
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(null, 0, LeaseAction.Acquire)]
    [InlineData(Nobody, 0, LeaseAction.Acquire)]
    [InlineData(Us, 0, LeaseAction.Acquire)]
    [InlineData(Them, 0, LeaseAction.Wait)]
    [InlineData(Them, 14.999, LeaseAction.Wait)]
    [InlineData(Them, 15, LeaseAction.Acquire)]
    public void A_candidate_waits_only_for_a_holder_that_renews(string? holder, double seenFor, LeaseAction expected) =>
        Decide(holder, seenFor, null).ShouldBe(expected);

    [Theory]
    [InlineData(Us, 0, LeaseAction.Renew)]
    [InlineData(Us, 9.999, LeaseAction.Renew)]
    [InlineData(Us, 10, LeaseAction.Lost)]
    [InlineData(Them, 0, LeaseAction.Lost)]
    [InlineData(Nobody, 0, LeaseAction.Lost)]
    [InlineData(null, 0, LeaseAction.Lost)]
    public void A_leader_leads_only_while_the_lease_is_its_own_and_was_renewed_in_time(string? holder, double renewedFor, LeaseAction expected) =>
        Decide(holder, 0, renewedFor).ShouldBe(expected);

    [Fact]
    public void The_duration_is_the_one_the_holder_wrote() =>
        LeaseDecision.Decide(new(new(Them, TimeSpan.FromSeconds(60), "", 0), TimeSpan.Zero, null), Us, TimeSpan.FromSeconds(59), Deadline).ShouldBe(LeaseAction.Wait);

    [Fact]
    public void Nobody_may_take_a_lease_before_its_leader_has_given_up() =>
        Gen.Select(Gen.Double[0, 40], Gen.Double[0, 5]).Sample((elapsed, delay) =>
        {
            // The leader counts from before it sent its renewal; another sees the renewal later.
            var leader = Decide(Us, 0, elapsed + delay);
            var other = Decide(Them, elapsed, null);
            (leader == LeaseAction.Renew && other == LeaseAction.Acquire).ShouldBeFalse();
        });

    private static LeaseAction Decide(string? holder, double seenFor, double? renewedFor)
    {
        var now = TimeSpan.FromHours(1);
        var lease = holder is null ? null : new LeaseRecord(holder, TimeSpan.FromSeconds(15), "then", 1);
        return LeaseDecision.Decide(
            new(lease, now - TimeSpan.FromSeconds(seenFor), renewedFor is { } seconds ? now - TimeSpan.FromSeconds(seconds) : null), Us, now, Deadline);
    }
}
