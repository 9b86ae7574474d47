using Microsoft.Extensions.Time.Testing;
using UploadSessions.Operator.Sts;

namespace Operator.Tests.Sts;

public sealed class StsRateLimiterTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_burst_of_a_fifth_of_a_second_goes_at_once()
    {
        var limiter = new StsRateLimiter(_time, 100);
        Turns(limiter, 100).Count(turn => turn.IsCompleted).ShouldBe(21);
        _time.Advance(TimeSpan.FromHours(1));
        Turns(limiter, 100).Count(turn => turn.IsCompleted).ShouldBe(21, "an idle hour saves up no more");
    }

    [Fact]
    public void The_rate_holds_and_turns_are_given_in_the_order_of_asking()
    {
        var limiter = new StsRateLimiter(_time, 10);
        var turns = Turns(limiter, 53);
        turns.Count(turn => turn.IsCompleted).ShouldBe(3);
        for (var tenth = 1; tenth <= 50; tenth++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            turns.Take(3 + tenth).ShouldAllBe(turn => turn.IsCompletedSuccessfully);
            turns.Skip(3 + tenth).ShouldAllBe(turn => !turn.IsCompleted);
        }
    }

    [Fact]
    public void Strain_halves_the_rate_once_a_second_down_to_one()
    {
        var limiter = new StsRateLimiter(_time, 100);
        limiter.OnStrained();
        limiter.OnStrained();
        limiter.Rate.ShouldBe(50);
        _time.Advance(TimeSpan.FromMilliseconds(999));
        limiter.OnStrained();
        limiter.Rate.ShouldBe(50);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        limiter.OnStrained();
        limiter.Rate.ShouldBe(25);
        for (var second = 0; second < 10; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            limiter.OnStrained();
        }

        limiter.Rate.ShouldBe(1);
        Turns(limiter, 3).Count(turn => turn.IsCompleted).ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        limiter.WaitAsync(Token).IsCompleted.ShouldBeFalse("the two before come first");
    }

    [Fact]
    public void Answers_give_back_about_a_twentieth_of_the_full_rate_a_second_up_to_all_of_it()
    {
        var limiter = new StsRateLimiter(_time, 100);
        limiter.OnStrained();
        for (var answer = 0; answer < 50; answer++)
            limiter.OnAnswered();
        limiter.Rate.ShouldBe(55, 0.5);
        for (var answer = 0; answer < 2000; answer++)
            limiter.OnAnswered();
        limiter.Rate.ShouldBe(100);
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_hold_up_the_others()
    {
        var limiter = new StsRateLimiter(_time, 10);
        Turns(limiter, 3).ShouldAllBe(turn => turn.IsCompleted);
        using var impatience = new CancellationTokenSource();
        var impatient = limiter.WaitAsync(impatience.Token);
        var patient = limiter.WaitAsync(Token);

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(impatient);
        _time.Advance(TimeSpan.FromMilliseconds(199));
        patient.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        patient.IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_has_given_up_already_takes_no_turn()
    {
        var limiter = new StsRateLimiter(_time, 10);
        for (var i = 0; i < 10; i++)
            await Should.ThrowAsync<OperationCanceledException>(limiter.WaitAsync(new CancellationToken(canceled: true)));
        Turns(limiter, 3).ShouldAllBe(turn => turn.IsCompleted);
    }

    [Fact]
    public void A_wall_clock_put_back_holds_nobody_up()
    {
        var time = new SteppedClock();
        var limiter = new StsRateLimiter(time, 10);
        limiter.OnStrained();
        Turns(limiter, 2).ShouldAllBe(turn => turn.IsCompleted);
        time.Wall -= TimeSpan.FromHours(1);
        time.Advance(TimeSpan.FromSeconds(1));
        Turns(limiter, 2).ShouldAllBe(turn => turn.IsCompleted);
        limiter.OnStrained();
        limiter.Rate.ShouldBe(2.5);
    }

    [Fact]
    public void Less_than_one_call_a_second_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => new StsRateLimiter(_time, 0.5));

    private static List<Task> Turns(StsRateLimiter limiter, int count) => [.. Enumerable.Range(0, count).Select(_ => limiter.WaitAsync(Token))];

    /// <summary>A clock whose wall time may be set while its monotonic time runs on.</summary>
    private sealed class SteppedClock : FakeTimeProvider
    {
        public TimeSpan Wall { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Wall;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
