using CsCheck;
using UploadSessions.Rotation;

namespace UploadSessions.Tests.Rotation;

public sealed class RotationScheduleTests
{
    private static readonly DateTimeOffset Issued = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<(string Uid, DateTimeOffset Issued, DateTimeOffset Expires)> Lives =
        from uid in Gen.Guid
        from start in Gen.Long[0, 4_000_000_000_000]
        from life in Gen.OneOf(Gen.Long[1, 43_200], Gen.Long[1, 1_100]) // the margin decides below 17 minutes only
        let issued = DateTimeOffset.FromUnixTimeMilliseconds(start)
        select (uid.ToString(), issued, issued.AddSeconds(life));

    [Fact]
    public void The_computed_time_lies_after_60_to_70_percent_and_leaves_the_margin() => Lives.Sample(x =>
    {
        var life = x.Expires - x.Issued;
        var margin = Max(Min(TimeSpan.FromMinutes(5), life / 3), life * 0.2);
        var time = RotationSchedule.RenewAt(x.Uid, x.Issued, x.Expires, null);
        time.ShouldBeInRange(x.Issued + (life * 0.6) - TimeSpan.FromSeconds(1), x.Issued + (life * 0.7));
        (time == x.Issued || x.Expires - time >= margin).ShouldBeTrue();
        time.ShouldBeLessThan(x.Expires);
        time.ShouldBeGreaterThanOrEqualTo(x.Issued);
        (time == x.Issued || time.Millisecond == 0).ShouldBeTrue();
    });

    [Theory]
    [InlineData(16 * 60, 11 * 60)]
    [InlineData(12 * 60, 8 * 60)]
    public void Where_the_margin_decides_it_is_five_minutes_or_a_third_of_the_life(int life, int latest) =>
        Enumerable.Range(0, 100).Max(i => RotationSchedule.RenewAt($"uid-{i}", Issued, Issued.AddSeconds(life), null)).ShouldBe(Issued.AddSeconds(latest));

    [Fact]
    public void A_restart_computes_the_same_time() => Lives.Sample(x =>
        RotationSchedule.RenewAt(x.Uid, x.Issued, x.Expires, null) == RotationSchedule.RenewAt(new string(x.Uid), x.Issued.ToOffset(TimeSpan.FromHours(2)), x.Expires, null));

    [Theory]
    [InlineData("5f1c6a0e-0000-0000-0000-000000000001", "2026-11-01T12:41:43Z")]
    [InlineData("5f1c6a0e-0000-0000-0000-000000000002", "2026-11-01T12:38:18Z")]
    public void The_jitter_is_the_same_in_every_release(string uid, string expected) =>
        Rfc3339.Format(RotationSchedule.RenewAt(uid, Issued, Issued.AddHours(1), null)).ShouldBe(expected);

    [Fact]
    public void Sessions_created_together_spread_over_the_whole_range()
    {
        var times = Enumerable.Range(0, 1000).Select(i => (RotationSchedule.RenewAt($"uid-{i}", Issued, Issued.AddHours(1), null) - Issued).TotalMinutes).ToArray();
        for (var minute = 36; minute < 42; minute++)
            times.Count(time => time >= minute && time < minute + 1).ShouldBeInRange(100, 240);
        times.ShouldAllBe(time => time >= 36 && time < 42);
    }

    [Fact]
    public void The_next_rotation_has_another_jitter() =>
        Enumerable.Range(0, 20).Select(i => RotationSchedule.RenewAt("uid", Issued.AddHours(i), Issued.AddHours(i + 1), null) - Issued.AddHours(i)).Distinct().Count().ShouldBeGreaterThan(10);

    [Fact]
    public void RenewBefore_overrides_the_rule() => Lives.Select(Gen.Long[1, 43_200]).Sample((x, seconds) =>
    {
        var wish = TimeSpan.FromSeconds(seconds);
        var time = RotationSchedule.RenewAt(x.Uid, x.Issued, x.Expires, wish);
        if (wish >= x.Expires - x.Issued)
            time.ShouldBe(RotationSchedule.RenewAt(x.Uid, x.Issued, x.Expires, null));
        else
            time.ShouldBeInRange(x.Expires - wish - TimeSpan.FromSeconds(1), x.Expires - wish);
        time.ShouldBeInRange(x.Issued, x.Expires - TimeSpan.FromTicks(1));
    });

    [Fact]
    public void RenewBefore_is_without_effect_where_it_is_all_of_the_life() =>
        RotationSchedule.RenewAt("uid", Issued, Issued.AddHours(1), TimeSpan.FromHours(1)).ShouldBe(RotationSchedule.RenewAt("uid", Issued, Issued.AddHours(1), null));

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void Credentials_that_never_lived_are_renewed_at_once(int seconds) =>
        RotationSchedule.RenewAt("uid", Issued, Issued.AddSeconds(seconds), null).ShouldBe(Issued);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
