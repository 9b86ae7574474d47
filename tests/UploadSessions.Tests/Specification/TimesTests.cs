using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Specification;

public sealed class TimesTests
{
    [Theory]
    [InlineData("15m", 900)]
    [InlineData("900s", 900)]
    [InlineData("1h30m", 5400)]
    [InlineData("30m1h", 5400)]
    [InlineData("12h", 43200)]
    [InlineData("0h0015m", 900)]
    public void Durations_that_are_accepted(string text, int seconds) =>
        Sessions.Terms(Sessions.Minimal with { Duration = text }).Duration.ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("h")]
    [InlineData("1d")]
    [InlineData("1.5h")]
    [InlineData("-1h")]
    [InlineData("+1h")]
    [InlineData(" 1h")]
    [InlineData("1h ")]
    [InlineData("1h30")]
    [InlineData("1H")]
    [InlineData("١h")]
    [InlineData("99999999999999999999h")]
    [InlineData("9223372036854775807s")]
    [InlineData("5124095576030431h916s")] // 2^64 - 16 seconds and 916 more: 15 minutes, were they to wrap around
    [InlineData("876000h876000h")]
    [InlineData("14m59s")]
    [InlineData("12h1s")]
    public void Durations_that_are_refused(string text) =>
        Sessions.Read(Sessions.Minimal with { Duration = text }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.duration");

    [Theory]
    [InlineData("1s", null, true)]
    [InlineData("59m59s", null, true)]
    [InlineData("60m", null, false)]
    [InlineData("0s", null, false)]
    [InlineData("x", null, false)]
    [InlineData("2h", "3h", true)]
    [InlineData("2h", "2h", false)]
    public void RenewBefore_lies_between_0_and_the_duration(string text, string? duration, bool accepted)
    {
        var errors = Sessions.Read(Sessions.Minimal with { RenewBefore = text, Duration = duration }).Errors;
        errors.Select(error => error.Field).ShouldBe(accepted ? [] : ["spec.renewBefore"]);
    }

    [Fact]
    public void A_broken_duration_is_not_also_blamed_on_renewBefore() =>
        Sessions.Read(Sessions.Minimal with { RenewBefore = "2h", Duration = "x" }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.duration");

    [Theory]
    [InlineData("2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T01:00:00+01:00", "2026-12-01T00:00:00Z")]
    [InlineData("2026-12-01T00:00:00.999Z", "2026-12-01T00:00:00Z")]
    [InlineData("1999-12-01T00:00:00Z", "1999-12-01T00:00:00Z")]
    public void Ends_that_are_accepted(string text, string end) =>
        Rfc3339.Format(Sessions.Terms(Sessions.Minimal with { EndsAt = text }).End!.Value).ShouldBe(end);

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-12-01")]
    [InlineData("2026-12-01 00:00:00Z")]
    [InlineData("2026-12-01T00:00:00")]
    [InlineData("2026-12-01T00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-12-01T25:00:00Z")]
    [InlineData("2026-12-01T00:00:00+99:00")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    public void Ends_that_are_refused(string text) =>
        Sessions.Read(Sessions.Minimal with { EndsAt = text }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.endsAt");

    [Theory]
    [InlineData("8h", null, "2026-11-01T20:00:00Z")]
    [InlineData("8h", "2026-11-01T19:00:00Z", "2026-11-01T19:00:00Z")]
    [InlineData("8h", "2026-11-01T21:00:00Z", "2026-11-01T20:00:00Z")]
    [InlineData("876000h", null, "2126-10-08T12:00:00Z")]
    public void The_earlier_end_holds(string lifetime, string? endsAt, string end) =>
        Rfc3339.Format(Sessions.Terms(Sessions.Minimal with { Lifetime = lifetime, EndsAt = endsAt }).End!.Value).ShouldBe(end);

    [Theory]
    [InlineData("0s")]
    [InlineData("876001h")]
    [InlineData("x")]
    public void Lifetimes_that_are_refused(string text) =>
        Sessions.Read(Sessions.Minimal with { Lifetime = text }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.lifetime");

    [Fact]
    public void A_lifetime_beyond_the_end_of_time_ends_there()
    {
        var session = Sessions.With(Sessions.Minimal with { Lifetime = "876000h" }) with { Metadata = new ObjectMeta { Name = "x", CreationTimestamp = DateTimeOffset.MaxValue } };
        SpecReader.Read(session, Sessions.Aws).Terms!.End.ShouldNotBeNull();
    }
}
