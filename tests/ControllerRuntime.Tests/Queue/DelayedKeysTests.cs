using ControllerRuntime.Queue;

namespace ControllerRuntime.Tests.Queue;

public sealed class DelayedKeysTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ObjectKey A = QueueFixture.Key("a");
    private static readonly ObjectKey B = QueueFixture.Key("b");

    private readonly DelayedKeys _keys = new();

    [Fact]
    public void A_time_that_was_overtaken_does_not_come_again()
    {
        _keys.Add(A, Noon.AddHours(1), retry: false);
        _keys.Add(A, Noon.AddMinutes(1), retry: false);
        _keys.TryTakeDue(Noon.AddMinutes(1), out var key, out _).ShouldBeTrue();
        key.ShouldBe(A);

        _keys.Add(A, Noon.AddHours(2), retry: false);
        _keys.NextDue.ShouldBe(Noon.AddHours(2));
        _keys.TryTakeDue(Noon.AddHours(1), out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_earlier_time_says_whether_it_is_a_retry()
    {
        _keys.Add(A, Noon.AddHours(1), retry: true);
        _keys.Add(A, Noon, retry: false);
        _keys.Add(B, Noon.AddHours(1), retry: false);
        _keys.Add(B, Noon, retry: true);
        _keys.Add(B, Noon.AddHours(2), retry: false);
        Take().ShouldBe((A, false));
        Take().ShouldBe((B, true));

        (ObjectKey, bool) Take()
        {
            _keys.TryTakeDue(Noon, out var key, out var retry).ShouldBeTrue();
            return (key, retry);
        }
    }

    [Fact]
    public void Keys_that_were_removed_do_not_come_and_do_not_pile_up()
    {
        _keys.Add(B, Noon, retry: false);
        for (var number = 0; number < 10_000; number++)
        {
            var key = QueueFixture.Key($"{number}");
            _keys.Add(key, Noon.AddHours(-1), retry: number % 2 == 0);
            _keys.Remove(key);
        }

        _keys.Held.ShouldBeLessThan(100);
        _keys.Count.ShouldBe(1);
        _keys.NextDue.ShouldBe(Noon);
    }

    [Fact]
    public void Times_that_were_overtaken_do_not_pile_up()
    {
        _keys.Add(B, Noon, retry: false);
        for (var minute = 10_000; minute > 0; minute--)
            _keys.Add(A, Noon.AddMinutes(minute), retry: false);

        _keys.Held.ShouldBeLessThan(100);
        _keys.Count.ShouldBe(2);
        _keys.TryTakeDue(Noon, out var first, out _).ShouldBeTrue();
        _keys.TryTakeDue(Noon.AddMinutes(1), out var second, out _).ShouldBeTrue();
        (first, second).ShouldBe((B, A));
        _keys.NextDue.ShouldBeNull();
    }
}
