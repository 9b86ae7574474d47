using CsCheck;
using UploadSessions.Rotation;

namespace UploadSessions.Tests.Rotation;

public sealed class FailureBackoffTests
{
    private const double AlmostOne = 0.999999999;

    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(6, 160)]
    [InlineData(7, 300)]
    [InlineData(1000, 300)]
    [InlineData(int.MaxValue, 300)]
    public void Transient_failures_wait_up_to_a_ceiling_that_doubles_to_5_minutes(int attempt, double ceiling)
    {
        Seconds(FailureKind.Transient, attempt, jitter: AlmostOne).ShouldBe(ceiling, 0.001);
        Seconds(FailureKind.Transient, attempt, jitter: 0.5).ShouldBe(ceiling / 2, 0.001);
        Seconds(FailureKind.Transient, attempt, jitter: 0).ShouldBe(1);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(5, 480)]
    [InlineData(6, 600)]
    [InlineData(1000, 600)]
    public void What_may_be_propagation_waits_30_seconds_doubling_to_10_minutes(int attempt, double seconds) =>
        Seconds(FailureKind.Propagation, attempt, jitter: 0.3).ShouldBe(seconds);

    [Fact]
    public void A_slow_recheck_comes_every_30_minutes() => Seconds(FailureKind.SlowRecheck, 9, jitter: 0.3).ShouldBe(1800);

    [Fact]
    public void A_terminal_failure_waits_for_the_spec() => FailureBackoff.Delay(FailureKind.Terminal, 1, Now, null, null, 0).ShouldBeNull();

    [Theory]
    [InlineData(-55, 5, 30)]
    [InlineData(-54, 6, 30)]
    [InlineData(-53, 7, 90)]
    [InlineData(-49, 11, 300)]
    [InlineData(-60, 0, 300)]
    [InlineData(-61, -1, 300)]
    public void In_the_last_tenth_of_a_life_the_ceiling_is_30_seconds_and_no_wait_runs_further_into_it(int issuedMinutes, int expiresMinutes, double ceiling) =>
        FailureBackoff.Delay(FailureKind.Transient, 20, Now, Now.AddMinutes(issuedMinutes), Now.AddMinutes(expiresMinutes), AlmostOne)!.Value.TotalSeconds.ShouldBe(ceiling, 0.001);

    [Fact]
    public void Waits_that_would_run_further_into_it_are_spread_over_its_first_30_seconds() =>
        FailureBackoff.Delay(FailureKind.Transient, 20, Now, Now.AddMinutes(-53), Now.AddMinutes(7), 0.5)!.Value.TotalSeconds.ShouldBe(75, 0.001);

    /// <summary>An STS that is back a minute before the end has served everybody by then.</summary>
    [Fact]
    public void Whenever_an_outage_ends_within_the_life_the_next_attempt_comes_at_most_31_seconds_into_the_last_tenth() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[900, 43200], Gen.Double[0.5, 0.9], Gen.Double[0, 0.9999]).Sample((attempt, life, spent, jitter) =>
        {
            var (issued, expires) = (Now.AddSeconds(-life * spent), Now.AddSeconds(life * (1 - spent)));
            var next = Now + FailureBackoff.Delay(FailureKind.Transient, attempt, Now, issued, expires, jitter)!.Value;
            return next <= expires.AddSeconds((-life / 10) + 31);
        });

    [Fact]
    public void No_delay_is_a_hot_loop() =>
        Gen.Select(Gen.Enum<FailureKind>(), Gen.Int[-1, 100], Gen.Double[0, 0.9999], Gen.Int[-100, 100]).Sample((kind, attempt, jitter, minutes) =>
            FailureBackoff.Delay(kind, attempt, Now, Now.AddHours(-1), Now.AddMinutes(minutes), jitter) is not { } delay || (delay >= TimeSpan.FromSeconds(1) && delay <= TimeSpan.FromMinutes(30)));

    private static double Seconds(FailureKind kind, int attempt, double jitter) =>
        FailureBackoff.Delay(kind, attempt, Now, null, null, jitter)!.Value.TotalSeconds;
}
