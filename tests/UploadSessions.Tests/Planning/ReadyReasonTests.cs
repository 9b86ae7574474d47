using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>The table of Ready's reasons, row by row.</summary>
public sealed class ReadyReasonTests
{
    private static readonly IssuanceError Throttled = new(Reasons.Throttled, FailureKind.Transient, "Throttling", "rate exceeded");
    private static readonly IssuanceError Unavailable = new(Reasons.StsUnavailable, FailureKind.Transient, "InternalFailure", "an error occurred");

    [Fact]
    public void Issued()
    {
        var status = Scene.With(Sessions.Minimal).Issue().ShouldRead("Ready=True:Issued").Status;

        status.SecretName.ShouldBe("nightly-export");
        status.AccessKeyId.ShouldNotBeNull().ShouldStartWith("ASIA");
        status.AssumedRoleArn.ShouldBe("arn:aws:sts::123456789012:assumed-role/uploads/team-a.nightly-export");
        status.IssuedAt.ShouldBe(Sessions.Created.AddSeconds(1));
        status.ExpiresAt.ShouldBe(Sessions.Created.AddSeconds(3601));
        status.RenewAt.ShouldNotBeNull().ShouldBeInRange(status.IssuedAt!.Value.AddMinutes(36), status.IssuedAt.Value.AddMinutes(42));
        status.Rotations.ShouldBe(0);
        status.Policy.ShouldNotBeNull().PackedPercent.ShouldBe(7);
        status.Policy.Sha256.ShouldBe(UploadSessions.Policy.PolicyRenderer.Render(Sessions.Terms(Sessions.Minimal)).Sha256);
        status.LastHandledRenewRequest.ShouldBeNull();
    }

    [Fact]
    public void Issued_and_renewal_failing()
    {
        var due = Scene.Issued().After(TimeSpan.FromMinutes(45));
        var keep = due.Fail(Throttled, TimeSpan.FromSeconds(9)).ShouldRead("Ready=True:Issued RenewalFailing=True:Throttling");

        Message(keep, ConditionTypes.RenewalFailing).ShouldBe("Throttling: rate exceeded");
        keep.Failing.ShouldBeTrue();
        keep.WakeAt.ShouldBe(due.Now.AddSeconds(9));
    }

    [Fact]
    public void RenewalFailing_goes_when_renewed() => Scene.Issued().After(TimeSpan.FromMinutes(45)).Fail(Throttled, TimeSpan.FromSeconds(9)).Show()
        .After(TimeSpan.FromSeconds(9)).Issue(trigger: IssueTrigger.Due).ShouldRead("Ready=True:Issued");

    [Fact]
    public void Pending() => Scene.With(Sessions.Minimal)
        .Fail(new(Reasons.Pending, FailureKind.Transient, "SecretWriteRefused", "no"), TimeSpan.FromSeconds(5))
        .ShouldRead("Ready=False:Pending Reconciling=True:Pending").Failing.ShouldBeTrue();

    [Fact]
    public void Nothing_valid_yet_and_throttled() => Scene.With(Sessions.Minimal).Fail(Throttled, TimeSpan.FromSeconds(5))
        .ShouldRead("Ready=False:Throttled Reconciling=True:Throttled");

    [Fact]
    public void Nothing_valid_yet_and_STS_unavailable() => Scene.With(Sessions.Minimal).Fail(Unavailable, TimeSpan.FromSeconds(5))
        .ShouldRead("Ready=False:StsUnavailable Reconciling=True:StsUnavailable");

    [Fact]
    public void Nothing_valid_any_more_and_STS_unavailable() => Scene.Issued().After(TimeSpan.FromHours(2)).Fail(Unavailable, TimeSpan.FromSeconds(5))
        .ShouldRead("Ready=False:StsUnavailable Reconciling=True:StsUnavailable");

    [Fact]
    public void InvalidSpec()
    {
        var issued = Scene.Issued();
        var keep = issued.Respecified(spec => spec with { Bucket = "UPPER", Duration = "1s" }).ShouldRead("Ready=False:InvalidSpec Stalled=True:InvalidSpec");

        Message(keep, ConditionTypes.Ready).ShouldContain("spec.bucket");
        Message(keep, ConditionTypes.Ready).ShouldContain("spec.duration");
        keep.Obsolete.ShouldBeEmpty();
        keep.Status.AccessKeyId.ShouldBe(issued.Status.AccessKeyId, "the last good credentials stay and are told of");
        keep.Status.RenewAt.ShouldBeNull();
    }

    [Fact]
    public void InvalidSpec_of_a_session_never_issued() => Scene.With(new UploadSessionSpec())
        .ShouldRead("Ready=False:InvalidSpec Stalled=True:InvalidSpec").Status.AccessKeyId.ShouldBeNull();

    [Fact]
    public void AssumeRoleDenied() => Scene.With(Sessions.Minimal).Fail(Scene.Denied, TimeSpan.FromSeconds(30))
        .ShouldRead("Ready=False:AssumeRoleDenied Stalled=True:AssumeRoleDenied");

    [Fact]
    public void PolicyTooLarge_by_our_own_count()
    {
        var keep = Scene.With(TooLarge(Sessions.Minimal)).ShouldRead("Ready=False:PolicyTooLarge Stalled=True:PolicyTooLarge");
        Message(keep, ConditionTypes.Ready).ShouldMatch("the session policy has [0-9]{4} characters, STS accepts 2048");
        keep.WakeAt.ShouldBeNull();
    }

    [Fact]
    public void PolicyTooLarge_whatever_is_remembered_of_a_failure()
    {
        var scene = Scene.With(TooLarge(Sessions.Minimal));
        var terms = scene.Observation.Spec.Terms.ShouldNotBeNull();
        var fingerprint = IssuanceRequest.FingerprintOf(InputHash.Of(terms, "team-a.nightly-export"), terms.SecretName, null);

        scene.WithMemory(new() { Failure = new(fingerprint, 1, Throttled, scene.Now.AddSeconds(9)) })
            .ShouldRead("Ready=False:PolicyTooLarge Stalled=True:PolicyTooLarge").WakeAt.ShouldBeNull();
    }

    [Fact]
    public void PolicyTooLarge_as_STS_packs_it() => Scene.With(Sessions.Minimal).Fail(new(Reasons.PolicyTooLarge, FailureKind.Terminal, "PackedPolicyTooLarge", "105%"), null)
        .ShouldRead("Ready=False:PolicyTooLarge Stalled=True:PolicyTooLarge");

    [Fact]
    public void A_policy_that_became_too_large_leaves_the_older_in_force_until_it_expires()
    {
        var scene = Scene.Issued().Respecified(TooLarge);
        var keep = scene.ShouldRead("Ready=False:Outdated Reconciling=True:Outdated");
        Message(keep, ConditionTypes.Ready).ShouldContain("PolicyTooLarge");

        keep.WakeAt.ShouldBe(scene.Status.ExpiresAt);
        scene.At(scene.Status.ExpiresAt!.Value).ShouldRead("Ready=False:PolicyTooLarge Stalled=True:PolicyTooLarge").WakeAt.ShouldBeNull();
    }

    [Fact]
    public void A_policy_too_large_does_not_outlive_the_end_of_the_session()
    {
        var scene = Scene.Issued(Sessions.Minimal with { Lifetime = "30m" }).Respecified(TooLarge);
        var end = Sessions.Created.AddMinutes(30);
        scene.ShouldKeep().WakeAt.ShouldBe(end);
        scene.At(end).ShouldRead("Ready=False:Ended Stalled=True:Ended").Obsolete.ShouldBe([scene.Secret]);
    }

    [Fact]
    public void SecretConflict()
    {
        var scene = Scene.With(Sessions.Minimal).WithSecret(new SecretMetadata { Metadata = new() { Name = "nightly-export", Namespace = "team-a" } });
        var keep = scene.ShouldRead("Ready=False:SecretConflict Stalled=True:SecretConflict");
        Message(keep, ConditionTypes.Ready).ShouldBe("the Secret team-a/nightly-export exists and does not belong to this session: delete it, or set spec.secretName to another name");
        keep.WakeAt.ShouldBe(scene.Now + SessionPlanner.ConflictRecheck);
        keep.Obsolete.ShouldBeEmpty();
    }

    [Fact]
    public void Suspended_while_the_credentials_live_and_after()
    {
        var scene = Scene.Issued().Respecified(spec => spec with { Suspend = true });
        var live = scene.ShouldRead("Ready=True:Suspended");
        live.Status.RenewAt.ShouldBeNull();
        live.WakeAt.ShouldBe(scene.Status.ExpiresAt);

        var expired = scene.Show().At(scene.Status.ExpiresAt!.Value).ShouldRead("Ready=False:Suspended");
        Message(expired, ConditionTypes.Ready).ShouldBe("renewals are suspended; the credentials expired at 2026-11-01T13:00:01Z");
        expired.WakeAt.ShouldBeNull();
    }

    [Fact]
    public void Suspended_before_anything_was_issued() => Scene.With(Sessions.Minimal with { Suspend = true }).ShouldRead("Ready=False:Suspended").WakeAt.ShouldBeNull();

    [Fact]
    public void Suspended_with_credentials_of_an_older_spec()
    {
        var keep = Scene.Issued().Respecified(spec => spec with { Suspend = true, Prefix = "other/" }).ShouldRead("Ready=False:Suspended");
        Message(keep, ConditionTypes.Ready).ShouldContain("of an older spec");
        keep.Status.Policy.ShouldNotBeNull("the policy in force is still told");
    }

    [Fact]
    public void Ended_removes_every_Secret_of_the_session()
    {
        var scene = Scene.Issued(Sessions.Minimal with { Lifetime = "2h" });
        scene = scene.At(Sessions.Created.AddHours(2));
        var keep = scene.ShouldRead("Ready=False:Ended Stalled=True:Ended");

        keep.Obsolete.ShouldBe([scene.Secret]);
        keep.WakeAt.ShouldBe(scene.Now + SessionPlanner.EndRecheck, "a clock that was ahead");
        keep.Status.AccessKeyId.ShouldBeNull();
        keep.Status.ExpiresAt.ShouldBeNull();
        Message(keep, ConditionTypes.Ready).ShouldBe("the session ended at 2026-11-01T14:00:00Z");
        scene.Show().ShouldRead("Ready=False:Ended Stalled=True:Ended").Obsolete.ShouldBeEmpty();
    }

    [Fact]
    public void Ended_before_it_was_created() => Scene.With(Sessions.Minimal with { EndsAt = "2020-01-01T00:00:00Z" }).ShouldRead("Ready=False:Ended Stalled=True:Ended");

    [Fact]
    public void Ended_though_suspended_or_in_conflict() => Scene.With(Sessions.Minimal with { Lifetime = "1h", Suspend = true })
        .WithSecret(new SecretMetadata { Metadata = new() { Name = "nightly-export" } }).After(TimeSpan.FromHours(1))
        .ShouldRead("Ready=False:Ended Stalled=True:Ended").Obsolete.ShouldBeEmpty();

    [Fact]
    public void An_end_put_off_issues_again_and_counts_on()
    {
        var ended = Scene.Issued(Sessions.Minimal with { Lifetime = "2h" }).At(Sessions.Created.AddHours(2)).Show();
        ended.Respecified(spec => spec with { Lifetime = "4h" }).Issue(trigger: IssueTrigger.First).ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(1);
    }

    [Fact]
    public void Outdated_names_the_policy_in_force()
    {
        var issued = Scene.Issued();
        var keep = issued.Respecified(spec => spec with { Prefix = "narrow/" }).Fail(Scene.Denied, TimeSpan.FromSeconds(30))
            .ShouldRead("Ready=False:Outdated Reconciling=True:Outdated");

        Message(keep, ConditionTypes.Ready).ShouldContain($"policy {issued.Status.Policy!.Sha256} stay in force until 2026-11-01T13:00:01Z");
        Message(keep, ConditionTypes.Ready).ShouldContain("AccessDenied: not authorized");
        keep.Status.Policy.ShouldBe(issued.Status.Policy);
        keep.Obsolete.ShouldBeEmpty();
    }

    [Fact]
    public void Outdated_becomes_the_reason_of_the_failure_once_nothing_works_any_more()
    {
        var outdated = Scene.Issued().Respecified(spec => spec with { Prefix = "narrow/" }).Fail(new(Reasons.InvalidSpec, FailureKind.Terminal, "MalformedPolicyDocument", "bad"), null);
        var wake = outdated.ShouldKeep().WakeAt.ShouldNotBeNull();
        wake.ShouldBe(outdated.Status.ExpiresAt!.Value);
        outdated.At(wake).ShouldRead("Ready=False:InvalidSpec Stalled=True:InvalidSpec");
    }

    [Fact]
    public void A_session_being_deleted_is_left_alone() => Scene.Issued()
        .WithSession(session => session with { Metadata = session.Metadata with { DeletionTimestamp = Sessions.Created } })
        .Plan().ShouldBe(new SessionPlan.Leave());

    /// <summary>Its Secret may go before the session does; one that still stands is kept up, since a namespace may be on its way out for days.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void In_a_namespace_being_deleted_no_Secret_is_created_and_one_that_stands_is_renewed(bool stands)
    {
        var scene = Scene.Issued().After(TimeSpan.FromMinutes(50));
        var going = scene.Observation with { IsNamespaceGoing = true };
        if (!stands)
            going = going with { Secret = null, OwnedSecrets = [] };
        SessionPlanner.Plan(going).ShouldBeOfType(stands ? typeof(SessionPlan.Issue) : typeof(SessionPlan.Leave));
    }

    [Fact]
    public void A_message_is_never_longer_than_4096_characters_nor_cut_inside_one()
    {
        var error = Scene.Denied with { Message = new string('x', 4096 - "AccessDenied: ".Length - 2) + "😀😀" };
        var message = Message(Scene.With(Sessions.Minimal).Fail(error, null).ShouldKeep(), ConditionTypes.Ready);
        message.Length.ShouldBeLessThanOrEqualTo(4096);
        message.ShouldEndWith("x…");
    }

    /// <summary>Its prefix is within the limit, but occurs in two statements.</summary>
    private static UploadSessionSpec TooLarge(UploadSessionSpec spec) => spec with { Prefix = new string('a', 1000), Access = ["Upload", "List"] };

    private static string Message(SessionPlan.Keep keep, string type) => keep.Status.Conditions.Single(condition => condition.Type == type).Message;
}
