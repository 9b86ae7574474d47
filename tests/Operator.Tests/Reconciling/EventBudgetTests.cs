using Microsoft.Extensions.Time.Testing;
using UploadSessions.Operator.Reconciling;

namespace Operator.Tests.Reconciling;

public sealed class EventBudgetTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_session_has_a_burst_of_Events_and_then_one_every_5_minutes()
    {
        var budget = new EventBudget(_time);
        Take(budget, "a", 100).ShouldBe(EventBudget.Burst);
        Take(budget, "b", 100).ShouldBe(EventBudget.Burst);
        _time.Advance(EventBudget.Refill);
        Take(budget, "a", 100).ShouldBe(1);
        _time.Advance(3 * EventBudget.Refill);
        Take(budget, "a", 100).ShouldBe(3);
        _time.Advance(TimeSpan.FromDays(1));
        Take(budget, "a", 100).ShouldBe(EventBudget.Burst);
    }

    [Fact]
    public void Many_sessions_make_none_go_without()
    {
        var budget = new EventBudget(_time);
        for (var round = 0; round < 2; round++)
        {
            for (var session = 0; session < 10_000; session++)
                budget.TryTake($"{round}-{session}").ShouldBeTrue();
        }
    }

    private static int Take(EventBudget budget, string uid, int tries) => Enumerable.Range(0, tries).Count(_ => budget.TryTake(uid));
}
