using ControllerRuntime.Queue;
using CsCheck;

namespace ControllerRuntime.Tests.Queue;

public sealed class FairShareTests
{
    [Fact]
    public void In_one_namespace_the_order_is_the_deadline_then_arrival() =>
        Gen.Int[0, 20].List[0, 60].Sample(deadlines =>
        {
            using var fixture = new QueueFixture();
            for (var i = 0; i < deadlines.Count; i++) fixture.Add("one", $"{i:00}", deadlines[i]);
            var expected = deadlines.Select((deadline, i) => (deadline, i)).Order().Select(entry => $"{entry.i:00}");
            fixture.WorkAll().Select(key => key.Name).ShouldBe(expected);
        }, iter: 300);

    [Fact]
    public void Every_second_slot_goes_to_the_nearest_deadline_of_all() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 1000]).List[1, 60].Sample(keys =>
        {
            var order = new FairOrder();
            var waiting = new List<ReadyKey>();
            foreach (var (ns, deadline) in keys) waiting.Add(Ready($"ns-{ns}", deadline, waiting.Count));
            waiting.ForEach(order.Add);
            for (var slot = 0; order.Count > 0; slot++)
            {
                var taken = order.Take();
                if (slot % 2 == 0) taken.ShouldBe(waiting.Min(ReadyKey.ByDeadline));
                else taken.ShouldBe(waiting.Where(key => key.Key.Namespace == taken.Key.Namespace).Min(ReadyKey.ByDeadline));
                waiting.Remove(taken);
            }

            waiting.ShouldBeEmpty();
        }, iter: 300);

    [Fact]
    public void A_namespace_is_served_within_two_rounds_of_slots_whatever_the_others_pile_up() =>
        Gen.Select(Gen.Int[1, 10], Gen.Int[0, 40], Gen.Int[0, 2000].Array[100]).Sample((others, warmUp, deadlines) =>
        {
            var order = new FairOrder();
            var sequence = 0;
            for (var i = 0; i < 60; i++) AddOther();
            for (var i = 0; i < warmUp; i++) Refill();
            var patient = Ready("patient", 1_000_000, sequence++);
            order.Add(patient);
            var slots = 1;
            while (Refill() != patient) slots++;
            slots.ShouldBeLessThanOrEqualTo(2 * (others + 1));

            void AddOther() => order.Add(Ready($"ns-{sequence % others}", deadlines[sequence % deadlines.Length], sequence++));

            ReadyKey Refill()
            {
                var taken = order.Take();
                AddOther();
                return taken;
            }
        }, iter: 300);

    [Fact]
    public void Ten_thousand_keys_of_one_tenant_do_not_delay_the_one_key_of_another()
    {
        using var fixture = new QueueFixture();
        for (var i = 0; i < 10_000; i++) fixture.Add("crowd", $"{i}", i);
        fixture.Add("single", "one", 1_000_000);
        var served = Enumerable.Range(0, 4).Select(_ => fixture.Work().Namespace);
        served.ShouldContain("single");
    }

    [Fact]
    public void A_namespace_that_runs_empty_and_comes_back_keeps_being_served()
    {
        using var fixture = new QueueFixture();
        for (var round = 0; round < 5; round++)
        {
            fixture.Add("a", "1", 1);
            fixture.Add("b", "1", 2);
            fixture.WorkAll().Count.ShouldBe(2);
        }
    }

    private static ReadyKey Ready(string ns, int deadline, long sequence) =>
        new(new ObjectKey(ns, $"{sequence}"), DateTimeOffset.UnixEpoch.AddSeconds(deadline), sequence, 0);
}
