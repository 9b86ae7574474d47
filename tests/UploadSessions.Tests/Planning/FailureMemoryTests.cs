using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace UploadSessions.Tests.Planning;

public sealed class FailureMemoryTests
{
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(30);

    [Fact]
    public void A_failure_blocks_until_its_time_and_no_longer()
    {
        var failed = Scene.With(Sessions.Minimal).Fail(Scene.Denied, Backoff);
        var keep = failed.ShouldKeep();
        keep.WakeAt.ShouldBe(failed.Now + Backoff);
        keep.Failing.ShouldBeTrue();
        failed.After(Backoff - TimeSpan.FromTicks(1)).ShouldKeep();
        failed.After(Backoff).ShouldIssue();
    }

    [Fact]
    public void A_changed_spec_is_tried_at_once() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).Respecified(spec => spec with { RoleArn = Sessions.Role + "2" }).ShouldIssue();

    [Fact]
    public void A_changed_secretName_is_tried_at_once() =>
        Scene.With(Sessions.Minimal).Fail(new(Reasons.Pending, FailureKind.Transient, "SecretWriteRefused", "name denied"), Backoff).Respecified(spec => spec with { SecretName = "allowed" }).ShouldIssue();

    [Fact]
    public void A_new_renew_request_is_tried_at_once_unless_the_last_try_was_just_now()
    {
        foreach (var retryAfter in new TimeSpan?[] { null, TimeSpan.FromMinutes(10) })
        {
            var failed = Scene.With(Sessions.Minimal).Fail(Scene.Denied, retryAfter);
            failed.Requesting("again").ShouldKeep().WakeAt.ShouldBe(failed.Now + SessionPlanner.RenewalSpacing);
            failed.After(SessionPlanner.RenewalSpacing).ShouldKeep();
            failed.After(SessionPlanner.RenewalSpacing).Requesting("again").ShouldIssue();
        }
    }

    [Fact]
    public void A_new_renew_request_makes_no_retry_later_than_it_was() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, TimeSpan.FromSeconds(5)).Requesting("again").After(TimeSpan.FromSeconds(5)).ShouldIssue();

    [Fact]
    public void A_changed_spec_with_a_new_renew_request_is_tried_at_once() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).Requesting("a\nb").Respecified(spec => spec with { SecretName = "other" }).ShouldIssue();

    [Fact]
    public void A_change_that_is_none_is_not_tried_at_once() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).Respecified(spec => spec with { Duration = "60m" }).ShouldKeep();

    [Fact]
    public void A_restart_tries_again() => Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).Restarted().ShouldIssue();

    [Fact]
    public void After_a_success_the_next_failure_is_the_first_again() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, Backoff).After(Backoff).Issue().Observation.Memory.Failure.ShouldBeNull();

    [Theory]
    [InlineData(FailureKind.Transient, 5)]
    [InlineData(FailureKind.Propagation, 10)]
    [InlineData(FailureKind.SlowRecheck, 30)]
    public void A_clock_that_is_put_back_makes_no_wait_longer_than_the_longest_of_its_kind(FailureKind kind, int minutes)
    {
        var failed = Scene.With(Sessions.Minimal).Fail(Scene.Denied with { Kind = kind }, TimeSpan.FromMinutes(minutes));
        failed.ShouldKeep();
        failed.After(TimeSpan.FromTicks(-1)).ShouldIssue();
    }

    [Fact]
    public void What_cannot_be_helped_waits_for_ever() =>
        Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).ShouldKeep().WakeAt.ShouldBeNull();

    [Fact]
    public void What_cannot_be_helped_still_wakes_at_expiry_and_at_the_end()
    {
        var failed = Scene.Issued(Sessions.Minimal with { Lifetime = "3h" }).After(TimeSpan.FromMinutes(50)).Fail(Scene.Denied, null);
        var expiry = failed.ShouldRead("Ready=True:Issued RenewalFailing=True:AccessDenied").WakeAt.ShouldNotBeNull();
        expiry.ShouldBe(failed.Status.ExpiresAt!.Value);

        var end = failed.At(expiry).ShouldRead("Ready=False:AssumeRoleDenied Stalled=True:AssumeRoleDenied").WakeAt.ShouldNotBeNull();
        end.ShouldBe(Sessions.Created.AddHours(3));
        failed.At(end).ShouldRead("Ready=False:Ended Stalled=True:Ended");
    }

    [Fact]
    public void A_retry_after_expiry_still_wakes_at_expiry()
    {
        var failed = Scene.Issued().After(TimeSpan.FromMinutes(55)).Fail(Scene.Denied, TimeSpan.FromMinutes(10));
        failed.ShouldKeep().WakeAt.ShouldBe(failed.Status.ExpiresAt);
    }

    [Fact]
    public void A_failure_that_is_not_in_the_way_is_not_shown()
    {
        var failed = Scene.Issued().After(TimeSpan.FromMinutes(1)).Requesting("a").Fail(Scene.Denied, null);
        failed.ShouldRead("Ready=True:Issued RenewalFailing=True:AccessDenied");
        failed.Requesting("").ShouldRead("Ready=True:Issued");
    }
}
