using ControllerRuntime.Queue;

namespace ControllerRuntime.Tests.Queue;

public sealed class FailureBackoffTests
{
    private static readonly ObjectKey A = QueueFixture.Key("a");
    private static readonly ObjectKey B = QueueFixture.Key("b");

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(5, 80)]
    [InlineData(16, 163_840)]
    [InlineData(17, 300_000)]
    [InlineData(1_000_000, 300_000)]
    public void The_bound_doubles_from_5_ms_to_5_min(int failures, double milliseconds) =>
        FailureBackoff.Default.After(failures).ShouldBe(TimeSpan.FromMilliseconds(milliseconds));

    [Fact]
    public void Delays_spread_over_the_whole_range_up_to_the_bound()
    {
        var delays = Enumerable.Range(0, 500).Select(seed => TenthDelay(new Random(seed))).ToList();
        delays.Min().ShouldBeInRange(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(130));
        delays.Max().ShouldBeInRange(TimeSpan.FromMilliseconds(2430), TimeSpan.FromMilliseconds(2560));
    }

    [Fact]
    public void Each_key_counts_for_itself_and_a_success_forgets()
    {
        var backoff = new FailureBackoff(FailureBackoff.Default, new Random(1));
        backoff.Next(A);
        backoff.Next(A);
        backoff.Next(B);
        (backoff.FailuresOf(A), backoff.FailuresOf(B)).ShouldBe((2, 1));
        backoff.Forget(A);
        (backoff.FailuresOf(A), backoff.FailuresOf(B)).ShouldBe((0, 1));
    }

    private static TimeSpan TenthDelay(Random random)
    {
        var backoff = new FailureBackoff(FailureBackoff.Default, random);
        for (var i = 0; i < 9; i++) backoff.Next(A);
        return backoff.Next(A);
    }
}
