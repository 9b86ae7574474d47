using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Tests.Grants;

namespace UploadSessions.Tests.Planning;

/// <summary>What grants, their loss and doubts about them make of a session.</summary>
public sealed class GrantPlanTests
{
    private static readonly UploadGrantSpec Grant = TestGrants.Minimal with { Session = new() { ExternalId = "external", KubernetesTags = true }, RequireConstraints = new() { RequireTls = true } };
    private static readonly GrantSituation.Refused Refused = new("other", GrantRule.Prefix, "no UploadGrant allows this session; the nearest, other, does not");
    private static readonly GrantSituation.Refused NoGrant = new(null, GrantRule.Namespace, "no UploadGrant matches the namespace team-a");
    private static readonly GrantSituation.Unknown Unknown = new("the UploadGrants cannot be listed");
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Fact]
    public void What_the_grant_adds_is_asked_of_STS_and_the_status_names_the_grant()
    {
        var scene = Granted(Scene.With(Sessions.Minimal));
        var request = scene.ShouldIssue(IssueTrigger.First);
        request.Terms.ExternalId.ShouldBe("external");
        request.Terms.SessionTags.Count.ShouldBe(4);
        request.Policy.Json.ShouldContain("aws:SecureTransport");
        request.SpecHash.ShouldNotBeNull().ShouldNotBe(request.InputHash);

        var status = scene.Issue().ShouldRead("Ready=True:Issued").Status;
        status.Grant.ShouldBe("grant");
        status.Policy!.Sha256.ShouldBe(request.Policy.Sha256);
    }

    [Fact]
    public void A_grant_that_adds_nothing_leaves_the_hash_as_it_was_without_grants()
    {
        var request = Granted(Scene.With(Sessions.Minimal), TestGrants.Minimal).ShouldIssue();
        request.InputHash.ShouldBe(Scene.With(Sessions.Minimal).ShouldIssue().InputHash);
        request.SpecHash.ShouldBeNull();
        Granted(Scene.Issued(), TestGrants.Minimal).ShouldRead("Ready=True:Issued").Status.Grant.ShouldBe("grant");
    }

    public static TheoryData<UploadGrantSpec> ChangesOfMeaning => new(
        Grant with { Session = Grant.Session! with { ExternalId = "another" } },
        Grant with { Session = Grant.Session! with { KubernetesTags = false } },
        Grant with { Session = Grant.Session! with { SourceIdentity = true } },
        Grant with { Session = Grant.Session! with { Region = "us-east-1" } },
        Grant with { Session = Grant.Session! with { StsEndpoint = "https://store.example" } },
        Grant with { Session = Grant.Session! with { S3Endpoint = "https://store.example" } },
        Grant with { Session = Grant.Session! with { Tags = new Dictionary<string, string> { ["a"] = "b" } } },
        Grant with { RequireConstraints = null },
        Grant with { RequireConstraints = new() { RequireTls = true, SourceIps = ["10.0.0.0/8"] } });

    [Theory]
    [MemberData(nameof(ChangesOfMeaning))]
    public void A_change_of_what_the_grant_adds_issues_anew(UploadGrantSpec changed) => Granted(Issued(), changed).ShouldIssue(IssueTrigger.SpecChanged);

    public static TheoryData<UploadGrantSpec> OtherChanges => new(
        Grant with { MaxDuration = "1h" },
        Grant with { RoleArns = ["arn:aws:iam::123456789012:role/*"] },
        Grant with { Namespaces = new() { Names = ["team-a", "team-b"] } },
        Grant with { Targets = [.. Grant.Targets!, new() { Bucket = "other", Access = ["Put"] }] },
        Grant with { Session = Grant.Session! with { Region = "eu-central-1" } },
        Grant with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { ["project"] = ["atlas"] } });

    [Theory]
    [MemberData(nameof(OtherChanges))]
    public void Any_other_change_of_a_grant_does_not(UploadGrantSpec changed) => Granted(Issued(), changed).ShouldRead("Ready=True:Issued");

    [Fact]
    public void Another_grant_that_adds_the_same_takes_over_without_STS()
    {
        var terms = Granted(Issued()).Observation.Grant.ShouldBeOfType<GrantSituation.Granted>().Terms;
        Issued().Finding(new GrantSituation.Granted("successor", terms)).ShouldRead("Ready=True:Issued").Status.Grant.ShouldBe("successor");
    }

    [Fact]
    public void A_first_refusal_is_told_at_once()
    {
        var keep = Scene.With(Sessions.Minimal).Finding(Refused).ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted");
        keep.Status.Conditions[0].Message.ShouldBe(Refused.Message);
        keep.Status.Grant.ShouldBeNull();
        keep.WakeAt.ShouldBeNull();
        keep.IsWithdrawal.ShouldBeFalse("there is no Secret to remove, and nothing to ask for");
    }

    [Fact]
    public void A_session_granted_later_is_issued() =>
        Granted(Scene.With(Sessions.Minimal).Finding(Refused).Show().After(Minute)).Issue(trigger: IssueTrigger.First).ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_withdrawn_grant_removes_the_Secret_after_60_seconds_and_not_a_tick_sooner(bool anyMatches)
    {
        var refusal = anyMatches ? Refused : NoGrant;
        var issued = Issued();
        var withdrawn = issued.Finding(refusal);
        var kept = withdrawn.ShouldRead("Ready=True:Issued");
        kept.WakeAt.ShouldBe(issued.Now + Minute);
        kept.Obsolete.ShouldBeEmpty();
        kept.IsWithdrawal.ShouldBeFalse();
        StatusComparer.Same(kept.Status, issued.Status).ShouldBeTrue("nothing is written for a grant that is being replaced");

        withdrawn.After(Minute - TimeSpan.FromTicks(1)).Finding(refusal).ShouldKeep().Obsolete.ShouldBeEmpty();
        var removing = withdrawn.After(Minute).Finding(refusal);
        var keep = removing.ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted");
        keep.Obsolete.ShouldBe([issued.Secret]);
        keep.IsWithdrawal.ShouldBeTrue("the API server is asked once more before a Secret is removed");
        keep.Status.AccessKeyId.ShouldBeNull();
        keep.Status.Grant.ShouldBeNull();

        var removed = removing.Show();
        removed.ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted").WakeAt.ShouldBeNull();
        Granted(removed).Issue().ShouldRead("Ready=True:Issued").Status.Rotations.ShouldBe(1);
    }

    [Fact]
    public void A_grant_that_comes_back_in_time_changes_nothing()
    {
        var back = Granted(Issued().Finding(NoGrant).After(TimeSpan.FromSeconds(59)));
        back.ShouldRead("Ready=True:Issued");
        back.After(TimeSpan.FromSeconds(10)).Finding(NoGrant).ShouldKeep().WakeAt.ShouldBe(back.Now.AddSeconds(70), "the count begins anew");
    }

    [Fact]
    public void A_doubt_begins_the_count_anew()
    {
        var doubtful = Issued().Finding(NoGrant).After(TimeSpan.FromSeconds(59)).Finding(Unknown);
        doubtful.After(TimeSpan.FromSeconds(5)).Finding(NoGrant).ShouldRead("Ready=True:Issued").Obsolete.ShouldBeEmpty();
    }

    [Fact]
    public void A_restart_begins_the_count_anew() =>
        Issued().Finding(NoGrant).After(TimeSpan.FromSeconds(59)).Restarted().After(TimeSpan.FromSeconds(59)).Finding(NoGrant).ShouldRead("Ready=True:Issued");

    [Fact]
    public void A_clock_that_is_put_back_begins_the_count_anew_and_does_not_stretch_it()
    {
        var putBack = Issued().Finding(NoGrant).After(TimeSpan.FromHours(-2)).Finding(NoGrant);
        putBack.ShouldKeep().Obsolete.ShouldBeEmpty();
        putBack.After(Minute).Finding(NoGrant).ShouldKeep().Obsolete.ShouldBe([putBack.Secret]);
    }

    [Fact]
    public void Nothing_is_renewed_while_a_grant_is_missing()
    {
        var due = Issued().After(TimeSpan.FromMinutes(45)).Finding(NoGrant);
        var keep = due.ShouldRead("Ready=True:Issued RenewalFailing=True:NotGranted");
        keep.Status.Conditions[1].Message.ShouldContain(NoGrant.Message);
        keep.WakeAt.ShouldBe(due.Now + Minute);
    }

    [Fact]
    public void Expired_credentials_of_a_withdrawn_grant_are_told_at_once_and_removed_after_60_seconds()
    {
        var expired = Issued().After(TimeSpan.FromHours(2)).Finding(NoGrant);
        var keep = expired.ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted");
        keep.WakeAt.ShouldBe(expired.Now + Minute);
        keep.Status.Conditions[0].Message.ShouldBe($"{NoGrant.Message}; the Secret is about to be removed");
        expired.Show().After(Minute).Finding(NoGrant).ShouldKeep().Obsolete.ShouldBe([expired.Secret]);
    }

    [Fact]
    public void A_suspended_session_loses_its_Secret_too()
    {
        var suspended = Granted(Issued().Respecified(spec => spec with { Suspend = true })).Show().Finding(NoGrant);
        suspended.ShouldRead("Ready=True:Suspended").WakeAt.ShouldBe(suspended.Now + Minute);
        suspended.After(Minute).Finding(NoGrant).ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted").Obsolete.ShouldBe([suspended.Secret]);
    }

    [Fact]
    public void A_changed_spec_that_is_refused_keeps_the_credentials_of_the_old_one()
    {
        var issued = Issued();
        var changed = issued.Respecified(spec => spec with { Prefix = "elsewhere/" }).Finding(Refused);
        var keep = changed.ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted");
        keep.Status.AccessKeyId.ShouldBe(issued.Status.AccessKeyId);
        keep.Status.Grant.ShouldBeNull();
        keep.WakeAt.ShouldBe(issued.Status.ExpiresAt, "then they are in force no more");
        keep.Status.Conditions[0].Message.ShouldBe($"{Refused.Message}; the credentials of policy {issued.Status.Policy!.Sha256} stay in force until {Rfc3339.Format(issued.Status.ExpiresAt!.Value)}");
        changed.Show().After(Minute).Finding(Refused).ShouldKeep().Obsolete.ShouldBeEmpty();
        Granted(changed.Show().Respecified(_ => Sessions.Minimal)).ShouldRead("Ready=True:Issued");
    }

    [Fact]
    public void So_it_does_where_the_grant_had_added_nothing() => Granted(Scene.With(Sessions.Minimal), TestGrants.Minimal).Issue().Show()
        .Respecified(spec => spec with { Prefix = "elsewhere/" }).Finding(Refused).After(Minute).Finding(Refused).ShouldKeep().Obsolete.ShouldBeEmpty();

    [Fact]
    public void A_changed_spec_in_a_namespace_without_grants_does_not()
    {
        var changed = Issued().Respecified(spec => spec with { Prefix = "elsewhere/" }).Finding(NoGrant);
        var keep = changed.ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted");
        keep.Obsolete.ShouldBeEmpty();
        keep.Status.Conditions[0].Message.ShouldBe($"{NoGrant.Message}; the Secret is about to be removed");
        changed.Show().After(Minute).Finding(NoGrant).ShouldKeep().Obsolete.ShouldBe([changed.Secret]);
    }

    /// <summary>It was kept for a grant of its namespace, and that one may be about to be replaced.</summary>
    [Fact]
    public void When_the_last_grant_of_its_namespace_goes_what_an_older_spec_had_stays_for_a_minute()
    {
        var changed = Issued().Respecified(spec => spec with { Prefix = "elsewhere/" }).Finding(Refused).Show().After(TimeSpan.FromMinutes(10)).Finding(NoGrant);
        var keep = changed.ShouldKeep();
        keep.Obsolete.ShouldBeEmpty();
        keep.WakeAt.ShouldBe(changed.Now + Minute);
        changed.Show().After(Minute).Finding(NoGrant).ShouldKeep().Obsolete.ShouldBe([changed.Secret]);
    }

    [Fact]
    public void Credentials_that_no_grant_allows_go_after_a_minute_though_another_grant_comes_near_meanwhile() =>
        Issued().Finding(NoGrant).After(TimeSpan.FromSeconds(30)).Finding(Refused).After(TimeSpan.FromSeconds(30)).Finding(Refused).ShouldKeep().Obsolete.ShouldHaveSingleItem();

    [Fact]
    public void A_Secret_under_an_older_name_goes_too()
    {
        var moved = Issued().Respecified(spec => spec with { SecretName = "moved" }).Finding(NoGrant).After(Minute).Finding(NoGrant);
        moved.ShouldKeep().Obsolete.Select(secret => secret.Metadata.Name).ShouldBe(["nightly-export"]);
    }

    [Fact]
    public void Of_two_Secrets_the_one_that_stays_is_told_while_the_other_goes()
    {
        var moved = Granted(Issued().Respecified(spec => spec with { SecretName = "moved", Prefix = "elsewhere/" })).Issue();
        var keep = moved.Respecified(spec => spec with { Prefix = Sessions.Minimal.Prefix }).Finding(Refused).After(Minute).Finding(Refused).ShouldKeep();
        keep.Obsolete.Select(secret => secret.Metadata.Name).ShouldBe(["nightly-export"]);
        keep.Status.AccessKeyId.ShouldBe(moved.Secret.AccessKeyId);
    }

    [Fact]
    public void A_refused_session_whose_Secret_somebody_deleted_shows_none()
    {
        var status = Issued().WithSecret(null as SecretMetadata).Finding(Refused).ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted").Status;
        status.SecretName.ShouldBeNull();
        status.AccessKeyId.ShouldBeNull();
    }

    [Fact]
    public void A_foreign_Secret_is_left_alone() => Scene.With(Sessions.Minimal)
        .WithSecret(new SecretMetadata { Metadata = new() { Name = "nightly-export" } }).Finding(NoGrant).After(Minute).Finding(NoGrant)
        .ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted").Obsolete.ShouldBeEmpty();

    [Fact]
    public void In_doubt_all_stays_as_it_is()
    {
        var issued = Issued();
        var keep = issued.Finding(Unknown).ShouldRead("Ready=True:Issued");
        StatusComparer.Same(keep.Status, issued.Status).ShouldBeTrue("nothing is written before it matters");
        keep.WakeAt.ShouldBe(issued.Status.RenewAt);
    }

    [Fact]
    public void In_doubt_nothing_is_renewed_and_the_status_says_so()
    {
        var issued = Issued();
        var due = issued.At(issued.Status.RenewAt!.Value).Finding(Unknown);
        var keep = due.ShouldRead("Ready=True:Issued RenewalFailing=True:GrantsUnknown");
        keep.Status.Conditions[1].Message.ShouldContain(Unknown.Why);
        keep.Status.Grant.ShouldBe("grant");
        keep.WakeAt.ShouldBe(issued.Status.ExpiresAt);
        due.After(TimeSpan.FromDays(1)).Finding(Unknown).ShouldRead("Ready=False:Pending Reconciling=True:Pending").Obsolete.ShouldBeEmpty();
        Granted(due.Show()).ShouldIssue(IssueTrigger.Due);
    }

    [Fact]
    public void In_doubt_no_grant_is_named_for_credentials_that_are_gone() =>
        Issued().WithSecret(null as SecretMetadata).Finding(Unknown).ShouldRead("Ready=False:Pending Reconciling=True:Pending").Status.Grant.ShouldBeNull();

    [Fact]
    public void In_doubt_nothing_is_issued_for_the_first_time() =>
        Scene.With(Sessions.Minimal).Finding(Unknown).ShouldRead("Ready=False:Pending Reconciling=True:Pending").Status.Conditions[0].Message.ShouldContain(Unknown.Why);

    [Fact]
    public void In_doubt_a_changed_spec_waits() => Issued().Respecified(spec => spec with { Prefix = "other/" }).Finding(Unknown)
        .ShouldRead("Ready=False:Outdated Reconciling=True:Outdated").Obsolete.ShouldBeEmpty();

    [Fact]
    public void In_doubt_a_renew_request_waits() =>
        Issued().After(TimeSpan.FromMinutes(1)).Requesting("now").Finding(Unknown).ShouldRead("Ready=True:Issued RenewalFailing=True:GrantsUnknown");

    [Fact]
    public void The_end_of_the_session_comes_in_any_case()
    {
        var spec = Sessions.Minimal with { Lifetime = "30m" };
        var issued = Granted(Scene.With(spec)).Issue().Show();
        foreach (var situation in new GrantSituation[] { Unknown, NoGrant, Refused })
            issued.After(Minute).Finding(situation).After(TimeSpan.FromMinutes(30)).ShouldRead("Ready=False:Ended Stalled=True:Ended").Obsolete.ShouldBe([issued.Secret]);
    }

    [Fact]
    public void A_refused_session_still_wakes_at_its_end() => Scene.With(Sessions.Minimal with { Lifetime = "30m" }).Finding(Refused)
        .ShouldRead("Ready=False:NotGranted Stalled=True:NotGranted").WakeAt.ShouldBe(Sessions.Created.AddMinutes(30));

    [Fact]
    public void When_grants_are_switched_off_what_they_added_goes() => Issued().Finding(new GrantSituation.Disabled()).ShouldIssue(IssueTrigger.SpecChanged);

    [Fact]
    public void When_grants_are_switched_off_none_is_named() => Granted(Scene.With(Sessions.Minimal), TestGrants.Minimal).Issue().Show()
        .Finding(new GrantSituation.Disabled()).ShouldRead("Ready=True:Issued").Status.Grant.ShouldBeNull();

    private static Scene Issued() => Granted(Scene.With(Sessions.Minimal)).Issue().Show();

    private static Scene Granted(Scene scene, UploadGrantSpec? grant = null) =>
        scene.Finding(GrantMatcher.Match(TestGrants.Set(TestGrants.Named("grant", grant ?? Grant)), TestGrants.Query(scene.Observation.Session)).ShouldBeOfType<GrantSituation.Granted>());
}
