using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>When credentials are issued, and when not.</summary>
public sealed class TriggerTests
{
    [Fact]
    public void The_first()
    {
        var request = Scene.With(Sessions.Minimal).ShouldIssue(IssueTrigger.First);
        request.RoleSessionName.ShouldBe("team-a.nightly-export");
        request.InputHash.ShouldBe(InputHash.Of(request.Terms, request.RoleSessionName));
        request.Policy.IsTooLarge.ShouldBeFalse();
        request.RenewRequest.ShouldBeNull();
        Scene.With(Sessions.Minimal).WithStatus(_ => null).ShouldIssue(IssueTrigger.First);
    }

    [Fact]
    public void At_the_time_shown_and_not_a_tick_sooner()
    {
        var issued = Scene.Issued();
        var renewAt = issued.Status.RenewAt!.Value;
        issued.At(renewAt.AddTicks(-1)).ShouldKeep().WakeAt.ShouldBe(renewAt);
        issued.At(renewAt).ShouldIssue(IssueTrigger.Due);
        issued.At(renewAt.AddDays(100)).ShouldIssue(IssueTrigger.Due);
    }

    [Fact]
    public void A_changed_input() => Scene.Issued().Respecified(spec => spec with { Prefix = "other/" }).ShouldIssue(IssueTrigger.SpecChanged);

    [Theory]
    [MemberData(nameof(HarmlessChanges))]
    public void No_other_change(Func<UploadSessionSpec, UploadSessionSpec> change) => Scene.Issued().Respecified(change).ShouldKeep();

    public static TheoryData<Func<UploadSessionSpec, UploadSessionSpec>> HarmlessChanges => new(
        [
            spec => spec,
            spec => spec with { Access = ["Upload"] },
            spec => spec with { Duration = "60m" },
            spec => spec with { RenewBefore = "10m" },
            spec => spec with { Suspend = false },
            spec => spec with { SecretName = "nightly-export" },
        ]);

    [Fact]
    public void A_Secret_of_a_session_of_the_same_name_that_is_gone_is_taken_over()
    {
        var first = Scene.With(Sessions.Minimal).Issue();
        var scene = Scene.With(Sessions.Minimal);
        scene = scene.WithSecret(first.Secret with { Metadata = first.Secret.Metadata with { OwnerReferences = [first.Secret.Owner! with { Uid = "older" }] } });
        scene.Issue(trigger: IssueTrigger.First).ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(0);
    }

    public static TheoryData<OwnerReference[]> Strangers => new(
        (OwnerReference[])[],
        [Owner() with { Controller = false }],
        [Owner() with { Controller = null }],
        [Owner() with { Kind = "Deployment" }],
        [Owner() with { ApiVersion = "uploadsession.io.example/v1alpha1" }],
        [Owner() with { Name = "another", Uid = "another" }]);

    [Theory]
    [MemberData(nameof(Strangers))]
    public void A_Secret_of_anybody_else_is_not(OwnerReference[] owners)
    {
        var scene = Scene.Issued().WithSecret(metadata => metadata with { OwnerReferences = owners });
        scene.ShouldRead("Ready=False:SecretConflict Stalled=True:SecretConflict").Obsolete.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(FailureKind.Transient, 5)]
    [InlineData(FailureKind.Propagation, 10)]
    [InlineData(FailureKind.SlowRecheck, 30)]
    public void A_failure_met_by_a_clock_that_was_put_back_holds_nothing_up(FailureKind kind, int longestMinutes)
    {
        var due = Scene.Issued().Observation.Session.Status!.RenewAt!.Value;
        var scene = Scene.Issued().At(due);
        var request = scene.Plan().ShouldBeOfType<SessionPlan.Issue>().Request;
        Scene Failed(TimeSpan wait) => scene.WithMemory(scene.Observation.Memory with { Failure = new(request.Fingerprint, 1, new(Reasons.AssumeRoleDenied, kind, "SignatureDoesNotMatch", "x"), due + wait) });

        Failed(TimeSpan.FromMinutes(longestMinutes)).Plan().ShouldBeOfType<SessionPlan.Keep>();
        Failed(TimeSpan.FromMinutes(longestMinutes) + TimeSpan.FromSeconds(1)).Plan().ShouldBeOfType<SessionPlan.Issue>();
    }

    [Fact]
    public void A_repair_made_by_a_clock_that_was_put_back_holds_nothing_up()
    {
        var deleted = Scene.Issued().WithSecret(null as SecretMetadata);
        Scene Repaired(TimeSpan ahead) => deleted.WithMemory(deleted.Observation.Memory with { SecretRepairs = new(1, deleted.Now + ahead) });

        Repaired(TimeSpan.FromSeconds(-4)).ShouldKeep();
        Repaired(TimeSpan.FromSeconds(1)).ShouldKeep();
        Repaired(TimeSpan.FromHours(2)).ShouldIssue(IssueTrigger.Repair);
    }

    [Fact]
    public void A_Secret_of_a_later_version_of_our_API_is_ours() => Scene.Issued()
        .WithSecret(metadata => metadata with { OwnerReferences = [Owner() with { ApiVersion = "uploadsession.io/v1" }] }).ShouldKeep();

    [Fact]
    public void Never_for_a_life_that_lasts_until_the_end_of_the_session()
    {
        var ending = Scene.Issued(Sessions.Minimal with { Lifetime = "1h" });
        for (var minute = 1; minute < 60; minute++)
            ending.At(Sessions.Created.AddMinutes(minute)).ShouldRead("Ready=True:Issued");
    }

    [Fact]
    public void Never_for_a_life_that_lasts_until_the_very_second_of_the_end()
    {
        var scene = Scene.With(Sessions.Minimal with { Lifetime = "1h" });
        var ending = scene.Issue(Sessions.Created.AddHours(1) - scene.Now).Show();
        ending.Status.ExpiresAt.ShouldBe(Sessions.Created.AddHours(1));
        ending.Status.RenewAt.ShouldBeNull();
    }

    [Fact]
    public void A_renewBefore_of_nearly_the_whole_life_makes_no_loop()
    {
        var issued = Scene.With(Sessions.Minimal with { Duration = "1h", RenewBefore = "3599s" }).Issue();
        issued.After(TimeSpan.FromSeconds(2)).ShouldRead("Ready=True:Issued").WakeAt.ShouldBe(issued.Now + SessionPlanner.RenewalSpacing);
        issued.After(SessionPlanner.RenewalSpacing).ShouldIssue(IssueTrigger.Due);
    }

    [Fact]
    public void A_life_of_seconds_is_renewed_within_it()
    {
        var issued = Scene.With(Sessions.Minimal).Issue(TimeSpan.FromSeconds(6));
        issued.ShouldKeep().Status.RenewAt.ShouldNotBeNull().ShouldBeInRange(issued.Now.AddSeconds(3), issued.Now.AddSeconds(4));
    }

    [Fact]
    public void Never_while_suspended()
    {
        var suspended = Scene.Issued().Respecified(spec => spec with { Suspend = true, Prefix = "other/" }).Requesting("now");
        suspended.ShouldKeep();
        suspended.WithSecret(null as SecretMetadata).ShouldRead("Ready=False:Suspended");
        suspended.After(TimeSpan.FromDays(1)).ShouldKeep().WakeAt.ShouldBeNull();
    }

    [Fact]
    public void When_resumed_and_due() => Scene.Issued().Respecified(spec => spec with { Suspend = true }).Show().After(TimeSpan.FromHours(2))
        .Respecified(spec => spec with { Suspend = false }).ShouldIssue(IssueTrigger.Due);

    [Fact]
    public void A_new_secretName_moves_the_credentials_and_removes_the_old_Secret_only_then()
    {
        var issued = Scene.Issued();
        var moving = issued.After(TimeSpan.FromSeconds(1)).Respecified(spec => spec with { SecretName = "moved" });
        moving.ShouldIssue(IssueTrigger.SpecChanged);
        var failing = moving.Fail(Scene.Denied, TimeSpan.FromSeconds(30)).ShouldRead("Ready=False:AssumeRoleDenied Stalled=True:AssumeRoleDenied");
        failing.Obsolete.ShouldBeEmpty();
        failing.Status.AccessKeyId.ShouldBe(issued.Status.AccessKeyId);

        var moved = moving.Issue().ShouldRead("Ready=True:Issued");
        moved.Obsolete.ShouldBe([issued.Secret]);
        moved.Status.SecretName.ShouldBe("moved");
        moved.Status.Rotations.ShouldBe(1);
    }

    [Fact]
    public void The_old_Secret_stays_while_the_new_one_is_out_of_date()
    {
        var moved = Scene.Issued().Respecified(spec => spec with { SecretName = "moved" }).Issue().Respecified(spec => spec with { Prefix = "other/" });
        moved.Fail(Scene.Denied, TimeSpan.FromSeconds(30)).ShouldRead("Ready=False:Outdated Reconciling=True:Outdated").Obsolete.ShouldBeEmpty();
    }

    [Fact]
    public void The_old_Secret_stays_when_the_new_name_is_taken() => Scene.Issued().Respecified(spec => spec with { SecretName = "taken" })
        .WithSecret(new SecretMetadata { Metadata = new() { Name = "taken" } })
        .ShouldRead("Ready=False:SecretConflict Stalled=True:SecretConflict").Obsolete.ShouldBeEmpty();

    private static OwnerReference Owner() =>
        new() { ApiVersion = "uploadsession.io/v1alpha1", Kind = "UploadSession", Name = "nightly-export", Uid = Scene.Uid, Controller = true };
}
