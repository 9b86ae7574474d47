using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;

namespace UploadSessions.Tests.Planning;

public sealed class StatusTests
{
    [Fact]
    public void A_transition_time_stays_while_the_status_of_the_condition_does()
    {
        var issued = Scene.Issued();
        var failing = issued.After(TimeSpan.FromMinutes(45)).Fail(Scene.Denied, TimeSpan.FromSeconds(30));
        var conditions = failing.ShouldKeep().Status.Conditions;

        conditions.Single(condition => condition.Type == ConditionTypes.Ready).LastTransitionTime.ShouldBe(Sessions.Created.AddSeconds(1));
        conditions.Single(condition => condition.Type == ConditionTypes.RenewalFailing).LastTransitionTime.ShouldBe(failing.Now);
    }

    [Fact]
    public void A_transition_time_stays_when_only_the_reason_changes()
    {
        var throttled = Scene.With(Sessions.Minimal).Fail(new(Reasons.Throttled, FailureKind.Transient, "Throttling", "slow"), TimeSpan.FromSeconds(5)).Show();
        var denied = throttled.After(TimeSpan.FromSeconds(5)).Fail(Scene.Denied, TimeSpan.FromSeconds(30)).ShouldKeep();
        denied.Status.Conditions.Single(condition => condition.Type == ConditionTypes.Ready).LastTransitionTime.ShouldBe(throttled.Now);
    }

    [Fact]
    public void A_transition_time_is_new_when_the_status_changes()
    {
        var invalid = Scene.Issued().After(TimeSpan.FromMinutes(10)).Respecified(spec => spec with { Bucket = null }).Show();
        invalid.Status.Conditions.ShouldAllBe(condition => condition.LastTransitionTime == invalid.Now);
    }

    [Fact]
    public void A_retry_that_fails_alike_writes_nothing()
    {
        var failing = Scene.With(Sessions.Minimal).Fail(Scene.Denied, TimeSpan.FromSeconds(30)).Show();
        var again = failing.After(TimeSpan.FromSeconds(30)).Fail(Scene.Denied, TimeSpan.FromSeconds(60));
        StatusComparer.Same(failing.Status, again.ShouldKeep().Status).ShouldBeTrue();
    }

    [Fact]
    public void A_rotation_counts_and_shows_no_Reconciling()
    {
        var issued = Scene.Issued();
        var rotated = issued.At(issued.Status.RenewAt!.Value).Issue(trigger: IssueTrigger.Due);
        var status = rotated.ShouldRead("Ready=True:Issued").Status;
        status.Rotations.ShouldBe(1);
        status.AccessKeyId.ShouldNotBe(issued.Status.AccessKeyId);
        rotated.Show().ShouldKeep().Status.Rotations.ShouldBe(1);
    }

    [Fact]
    public void After_a_crash_between_Secret_and_status_the_Secret_wins_without_STS()
    {
        var issued = Scene.Issued();
        var crashed = issued.At(issued.Status.RenewAt!.Value).Issue().Restarted();
        var status = crashed.ShouldRead("Ready=True:Issued").Status;

        status.AccessKeyId.ShouldBe(crashed.Secret.Metadata.Annotations[Annotations.AccessKeyId]);
        status.AccessKeyId.ShouldNotBe(issued.Status.AccessKeyId);
        status.ExpiresAt.ShouldBe(crashed.Now.AddHours(1));
        status.Rotations.ShouldBe(1);
        status.AssumedRoleArn.ShouldBeNull("only the answer of STS told it");
        status.Policy.ShouldNotBeNull().PackedPercent.ShouldBeNull("only the answer of STS told it");
        crashed.Show().ShouldKeep().Status.Rotations.ShouldBe(1, "and it is counted once");
    }

    [Fact]
    public void After_a_crash_at_the_first_issuance_the_Secret_wins_without_STS()
    {
        var crashed = Scene.With(Sessions.Minimal).Issue().Restarted();
        crashed.ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(0);
        crashed.WithStatus(_ => null).ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(0);
    }

    [Fact]
    public void What_was_counted_and_carried_out_is_still_told_while_there_is_no_Secret()
    {
        var handled = Scene.Issued().After(TimeSpan.FromMinutes(1)).Requesting("a").Issue().Show();
        var status = handled.WithSecret(null as SecretMetadata).Fail(Scene.Denied, null).ShouldRead("Ready=False:AssumeRoleDenied Stalled=True:AssumeRoleDenied").Status;
        status.Rotations.ShouldBe(1);
        status.LastHandledRenewRequest.ShouldBe("a");
    }

    [Fact]
    public void A_crash_and_a_changed_spec_do_not_name_the_policy_of_older_credentials()
    {
        var issued = Scene.Issued();
        var outdated = issued.At(issued.Status.RenewAt!.Value).Issue().Restarted().Respecified(spec => spec with { Prefix = "narrow/" }).Fail(Scene.Denied, TimeSpan.FromSeconds(30));
        var status = outdated.ShouldRead("Ready=False:Outdated Reconciling=True:Outdated").Status;
        status.Policy.ShouldBeNull();
        status.Conditions[0].Message.ShouldNotContain(issued.Status.Policy!.Sha256!);
    }

    [Fact]
    public void A_restart_with_valid_credentials_changes_nothing()
    {
        var restarted = Scene.Issued().After(TimeSpan.FromMinutes(20)).Restarted();
        StatusComparer.Same(restarted.Status, restarted.ShouldKeep().Status).ShouldBeTrue();
    }

    [Fact]
    public void A_policy_that_a_lost_status_told_is_rendered_again()
    {
        var issued = Scene.Issued();
        issued.WithStatus(status => status with { Policy = null }).ShouldKeep().Status.Policy!.Sha256.ShouldBe(issued.Status.Policy!.Sha256);
    }

    [Fact]
    public void The_expiry_told_is_the_end_of_the_session_where_that_is_sooner()
    {
        var ending = Scene.Issued(Sessions.Minimal with { Lifetime = "20m" });
        ending.Status.ExpiresAt.ShouldBe(Sessions.Created.AddMinutes(20));
        ending.Status.RenewAt.ShouldBeNull("the credentials last until the end");
        ending.ShouldKeep().WakeAt.ShouldBe(Sessions.Created.AddMinutes(20));
    }

    [Fact]
    public void Statuses_are_the_same_whatever_the_order_of_their_conditions()
    {
        var status = Scene.With(Sessions.Minimal).Fail(Scene.Denied, null).ShouldKeep().Status;
        StatusComparer.Same(status, status with { Conditions = [.. status.Conditions.Reverse()] }).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Every_field_makes_a_difference(Func<UploadSessionStatus, UploadSessionStatus?> change)
    {
        var status = Scene.Issued().Status;
        StatusComparer.Same(status, change(status)).ShouldBeFalse();
        StatusComparer.Same(change(status), status).ShouldBeFalse();
    }

    public static TheoryData<Func<UploadSessionStatus, UploadSessionStatus?>> Differences => new(
        [
            _ => null,
            status => status with { ObservedGeneration = 2 },
            status => status with { SecretName = "x" },
            status => status with { Grant = "x" },
            status => status with { AccessKeyId = "x" },
            status => status with { AssumedRoleArn = "x" },
            status => status with { IssuedAt = null },
            status => status with { ExpiresAt = null },
            status => status with { RenewAt = null },
            status => status with { Rotations = 1 },
            status => status with { Policy = status.Policy! with { PackedPercent = 8 } },
            status => status with { LastHandledRenewRequest = "x" },
            status => status with { Conditions = [] },
            status => status with { Conditions = [status.Conditions[0], status.Conditions[0] with { Type = "Stalled" }] },
            status => status with { Conditions = [status.Conditions[0] with { Status = "False" }] },
            status => status with { Conditions = [status.Conditions[0] with { Reason = "x" }] },
            status => status with { Conditions = [status.Conditions[0] with { Message = "x" }] },
            status => status with { Conditions = [status.Conditions[0] with { ObservedGeneration = 9 }] },
            status => status with { Conditions = [status.Conditions[0] with { LastTransitionTime = default }] },
        ]);
}
