using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Planning;

/// <summary>Annotations that lie, written under the name of our own field manager: nothing has drifted, and yet they are not believed.</summary>
public sealed class ForgeryTests
{
    private const string Ahead = "2026-11-02T00:00:01Z";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly Scene Issued = Scene.Issued().After(Minute);

    public static TheoryData<string, string> Lies => new()
    {
        { Annotations.ExpiresAt, Ahead }, // 12 hours after the issue: what STS can give, and eleven more than was asked for
        { Annotations.ExpiresAt, "2026-11-01T13:02:01Z" }, // a minute later
        { Annotations.ExpiresAt, "2026-11-01T13:00:01.5Z" },
        { Annotations.ExpiresAt, "2026-11-01T12:30:01Z" },
        { Annotations.IssuedAt, "2026-11-01T12:01:00Z" },
        { Annotations.IssuedAt, "2026-11-01T11:00:01Z" },
        { Annotations.AccessKeyId, "ASIAOTHER" },
        { Annotations.InputHash, "0000" },
        { Annotations.SpecHash, "0000" },
        { Annotations.HandledRenewRequest, "never asked for" },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Who_wrote_the_Secret_believes_no_change_of_it(string name, string value) => Forge(Issued, (name, value)).ShouldIssue(IssueTrigger.Repair);

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_lie_is_repaired_at_the_distance_of_repairs(string name, string value)
    {
        var repaired = Forge(Forge(Issued, (name, value)).Issue(trigger: IssueTrigger.Repair).Show(), (name, value));
        repaired.ShouldRead("Ready=False:Pending Reconciling=True:Pending").WakeAt.ShouldBe(repaired.Now.AddSeconds(5));
    }

    [Fact]
    public void After_a_restart_no_life_beyond_what_was_asked_for_is_believed() =>
        Forge(Issued.Restarted(), (Annotations.ExpiresAt, Ahead), (Annotations.AccessKeyId, "ASIAOTHER")).ShouldIssue(IssueTrigger.Repair);

    [Theory]
    [InlineData(Annotations.ExpiresAt, "2026-11-01T13:01:01Z")]
    [InlineData(Annotations.ExpiresAt, "2026-11-01T12:30:01Z")]
    [InlineData(Annotations.IssuedAt, "2026-11-01T12:01:00Z")]
    public void After_a_restart_the_status_is_believed_rather_than_the_Secret_where_both_tell_of_one_key(string name, string value)
    {
        Forge(Issued.Restarted(), (name, value)).ShouldIssue(IssueTrigger.Repair);
        Forge(Issued.Restarted().WithStatus(status => status with { AccessKeyId = "ASIAOLD" }), (name, value)).ShouldKeep();
        Forge(Issued.Restarted().WithStatus(_ => null), (name, value)).ShouldKeep();
    }

    [Fact]
    public void The_end_of_the_session_is_in_the_status_and_no_lie()
    {
        var ending = Scene.Issued(Sessions.Minimal with { Lifetime = "20m" });
        ending.Status.ExpiresAt.ShouldBe(Sessions.Created.AddMinutes(20));
        ending.Restarted().After(Minute).ShouldKeep();
    }

    [Fact]
    public void A_status_of_another_generation_may_tell_of_another_end()
    {
        var back = Scene.Issued(Sessions.Minimal with { Lifetime = "20m" }).Respecified(spec => spec with { Lifetime = null })
            .Fail(Scene.Denied, null).Show().Respecified(spec => spec with { Lifetime = "20m" });
        back.Status.ExpiresAt.ShouldNotBe(Sessions.Created.AddMinutes(20));
        back.Restarted().ShouldRead("Ready=True:Issued");
    }

    /// <summary>A conflict keeps what the status said of the credentials, beside the new generation.</summary>
    [Fact]
    public void A_status_of_other_inputs_may_tell_of_another_end()
    {
        var issued = Scene.Issued(Sessions.Minimal with { Lifetime = "20m" });
        var conflict = issued.Respecified(spec => spec with { Lifetime = null }).WithSecret(metadata => metadata with { OwnerReferences = [] }).Show();
        conflict.WithSecret(issued.Secret).Restarted().ShouldIssue(IssueTrigger.SpecChanged);
    }

    [Fact]
    public void A_fraction_of_a_second_is_not_ours() =>
        Forge(Issued.Restarted().WithStatus(_ => null), (Annotations.ExpiresAt, "2026-11-01T13:00:01.5Z")).ShouldIssue(IssueTrigger.Repair);

    /// <summary>The status has limits of its own: what does not fit into it would never be shown.</summary>
    [Theory]
    [InlineData(Annotations.AccessKeyId, "")]
    [InlineData(Annotations.AccessKeyId, "ASIA\u001b[31m")]
    [InlineData(Annotations.AccessKeyId, "АSIA")]
    [InlineData(Annotations.AccessKeyId, 129)]
    public void What_the_status_could_not_show_is_not_ours(string name, object value) =>
        Forge(Issued.Restarted(), (name, value as string ?? new string('A', (int)value))).ShouldIssue(IssueTrigger.Repair);

    [Fact]
    public void Credentials_of_an_older_spec_have_the_life_of_their_time()
    {
        var shortened = Scene.Issued(Sessions.Minimal with { Duration = "12h" }).Respecified(spec => spec with { Duration = "15m" });
        shortened.Restarted().ShouldIssue(IssueTrigger.SpecChanged);
        shortened.Restarted().Fail(Scene.Denied, null).ShouldRead("Ready=False:Outdated Reconciling=True:Outdated")
            .Status.ExpiresAt.ShouldBe(Sessions.Created.AddSeconds(1).AddHours(12));
    }

    /// <summary>A clock that lags behind that of STS, or a store that gives what it likes.</summary>
    [Fact]
    public void Of_a_life_longer_than_was_asked_for_only_that_is_recorded()
    {
        var issued = Scene.With(Sessions.Minimal).Issue(TimeSpan.FromHours(3)).Show();
        issued.Status.ExpiresAt.ShouldBe(issued.Now + TimeSpan.FromMinutes(61));
        issued.After(Minute).Restarted().ShouldRead("Ready=True:Issued");
    }

    [Theory]
    [InlineData(Annotations.SpecHash)]
    [InlineData(Annotations.HandledRenewRequest)]
    public void An_annotation_of_ours_that_somebody_took_from_us_is_repaired(string name)
    {
        var handled = Issued.Requesting("a").Finding(Granted(Issued)).Issue().Show().After(Minute).Restarted();
        handled.Secret.Metadata.Annotations.ShouldContainKey(name);
        handled.ShouldKeep();
        handled.WithSecret(metadata => metadata with { OwnedFields = Without(metadata.OwnedFields, name) }).ShouldIssue(IssueTrigger.Repair);
    }

    [Fact]
    public void A_hash_that_is_not_ours_does_not_keep_a_Secret_whose_grant_is_gone()
    {
        var refused = Issued.Finding(new GrantSituation.Refused("narrower", GrantRule.Access, "not allowed")).After(Minute);
        refused.ShouldKeep().Obsolete.ShouldBe([refused.Secret]);
        var edited = Forge(refused, (Annotations.SpecHash, "0000")).WithSecret(metadata => metadata with { OwnedFields = Without(metadata.OwnedFields, Annotations.SpecHash) });
        edited.ShouldKeep().Obsolete.ShouldBe([edited.Secret]);
    }

    /// <summary>As <c>kubectl get -o yaml</c>, an editor and <c>kubectl create</c> make one.</summary>
    [Fact]
    public void A_copy_of_our_Secret_is_not_removed_with_it()
    {
        var copy = Issued.Secret with { Metadata = Issued.Secret.Metadata with { Name = "copy", OwnedFields = OwnedFields.None } };
        var copied = Issued with { Observation = Issued.Observation with { OwnedSecrets = [Issued.Secret, copy] } };
        copied.ShouldKeep().Obsolete.ShouldBeEmpty();
        copied.Finding(new GrantSituation.Refused(null, GrantRule.Namespace, "no grant")).After(Minute).ShouldKeep().Obsolete.ShouldBe([Issued.Secret]);
        copied.Respecified(spec => spec with { EndsAt = "2026-11-01T12:00:30Z" }).ShouldKeep().Obsolete.ShouldBe([Issued.Secret]);
    }

    /// <summary>The Secret that the spec asks for is ours by its owner, and goes with the session, whoever took its fields.</summary>
    [Fact]
    public void A_Secret_whose_fields_somebody_took_is_removed_at_the_end()
    {
        var taken = Issued.WithSecret(metadata => metadata with { OwnedFields = OwnedFields.None });
        taken.Respecified(spec => spec with { EndsAt = "2026-11-01T12:00:30Z" }).ShouldRead("Ready=False:Ended Stalled=True:Ended").Obsolete.ShouldBe([taken.Secret]);
    }

    private static Scene Forge(Scene scene, params (string Name, string Value)[] lies) => scene.WithSecret(metadata =>
    {
        var forged = new Dictionary<string, string>(metadata.Annotations);
        foreach (var (name, value) in lies)
            forged[name] = value;
        return metadata with { Annotations = forged, OwnedFields = ExpectedFields.Of(Sessions.Terms(Sessions.Minimal), forged) };
    });

    private static GrantSituation.Granted Granted(Scene scene) => new("grant", scene.Observation.Spec.Terms! with { ExternalId = "external" });

    private static OwnedFields Without(OwnedFields owned, string name) => new(owned.Bits & ~OwnedFields.Of([name]).Bits);
}
