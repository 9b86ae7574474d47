using UploadSessions.Credentials;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

public sealed class DriftTests
{
    public static TheoryData<string> OwnedNames => new([.. SecretKeys.All.Where(key => key != SecretKeys.S3Endpoint), Annotations.IssuedAt, Annotations.ExpiresAt, Annotations.AccessKeyId, Annotations.InputHash, Annotations.ManagedLabel]);

    [Theory]
    [MemberData(nameof(OwnedNames))]
    public void A_field_that_somebody_took_from_us_is_repaired(string name) => Scene.Issued()
        .WithSecret(metadata => metadata with { OwnedFields = OwnedFields.Of(OwnedNames.Select(row => row.Data).Where(other => other != name)) })
        .ShouldIssue(IssueTrigger.Repair);

    [Fact]
    public void A_Secret_that_lacks_none_of_them_is_whole() =>
        Scene.Issued().WithSecret(metadata => metadata with { OwnedFields = OwnedFields.Of(OwnedNames.Select(row => row.Data)) }).ShouldRead("Ready=True:Issued");

    [Fact]
    public void The_endpoint_is_expected_only_where_there_is_one()
    {
        var custom = Scene.With(Sessions.Minimal, Sessions.Custom).Issue().Show();
        custom.ShouldRead("Ready=True:Issued");
        custom.WithSecret(metadata => metadata with { OwnedFields = OwnedFields.Of(OwnedNames.Select(row => row.Data)) }).ShouldIssue(IssueTrigger.Repair);
    }

    [Fact]
    public void An_endpoint_that_is_new_to_the_operator_is_a_changed_input_and_no_drift()
    {
        var moved = Scene.Issued().Redefaulted(new SpecDefaults("eu-central-1", new Uri("http://store.example:9000")));
        moved.ShouldIssue(IssueTrigger.SpecChanged);
        moved.Fail(Scene.Denied, TimeSpan.FromSeconds(30)).ShouldRead("Ready=False:Outdated Reconciling=True:Outdated");
    }

    [Theory]
    [InlineData(Annotations.AccessKeyId, null)]
    [InlineData(Annotations.InputHash, null)]
    [InlineData(Annotations.IssuedAt, null)]
    [InlineData(Annotations.IssuedAt, "yesterday")]
    [InlineData(Annotations.IssuedAt, "2026-11-01T12:01:02Z")] // more than a minute ahead
    [InlineData(Annotations.ExpiresAt, null)]
    [InlineData(Annotations.ExpiresAt, "")]
    [InlineData(Annotations.ExpiresAt, "2026-11-02T00:01:02Z")] // more than 12 hours of life
    [InlineData(Annotations.ExpiresAt, "9999-12-31T23:59:59Z")]
    [InlineData(Annotations.ExpiresAt, "2026-11-01T12:00:01Z")] // no life at all
    public void An_annotation_that_is_missing_or_implausible_is_repaired(string name, string? value) =>
        Scene.Issued().WithSecret(metadata => metadata with { Annotations = Edit(metadata.Annotations, name, value) }).ShouldIssue(IssueTrigger.Repair);

    [Fact]
    public void An_annotation_of_a_later_release_is_no_drift() =>
        Scene.Issued().WithSecret(metadata => metadata with { Annotations = Edit(metadata.Annotations, "uploadsession.io/of-a-later-release", "x") }).ShouldKeep();

    [Fact]
    public void The_clock_of_the_replica_before_may_be_ahead() => Scene.With(Sessions.Minimal).After(TimeSpan.FromSeconds(59)).Issue().Show()
        .Restarted().At(Sessions.Created.AddSeconds(1)).ShouldKeep();

    [Fact]
    public void An_STS_whose_clock_is_ahead_makes_the_longest_life_a_little_longer() => Scene.With(Sessions.Minimal with { Duration = "12h" })
        .Issue(life: TimeSpan.FromHours(12) + TimeSpan.FromSeconds(30)).ShouldRead("Ready=True:Issued");

    [Fact]
    public void A_deleted_Secret_is_repaired() => Scene.Issued().WithSecret(null as SecretMetadata).ShouldIssue(IssueTrigger.Repair);

    /// <summary>Whoever empties the status, or a second operator that has no grant for the session, must not be answered in haste.</summary>
    [Fact]
    public void What_this_process_wrote_and_did_not_remove_is_repaired_whatever_the_status_says()
    {
        var issued = Scene.Issued();
        var deleted = issued.WithSecret(null as SecretMetadata);
        deleted.WithStatus(_ => null).ShouldIssue(IssueTrigger.Repair);
        deleted.WithStatus(status => status with { AccessKeyId = null }).ShouldIssue(IssueTrigger.Repair);
        deleted.WithStatus(status => status with { SecretName = "another" }).ShouldIssue(IssueTrigger.Repair);
        issued.WithSecret(metadata => metadata with { OwnerReferences = [metadata.OwnerReferences[0] with { Uid = "another" }] }).ShouldIssue(IssueTrigger.Repair);

        var again = deleted.WithStatus(_ => null).Issue().Show().WithSecret(null as SecretMetadata).WithStatus(_ => null);
        again.ShouldRead("Ready=False:Pending Reconciling=True:Pending").WakeAt.ShouldBe(again.Now.AddSeconds(5));
    }

    [Fact]
    public void What_this_process_removed_itself_is_issued_as_if_for_the_first_time()
    {
        var issued = Scene.Issued(Sessions.Minimal with { Lifetime = "30m" });
        var ended = issued.At(Sessions.Created.AddMinutes(30)).Show();
        ended.Observation.Secret.ShouldBeNull();
        ended.Respecified(spec => spec with { Lifetime = "10h" }).ShouldIssue(IssueTrigger.First);
        issued.Respecified(spec => spec with { SecretName = "another" }).ShouldIssue(IssueTrigger.SpecChanged);
    }

    [Fact]
    public void Repairs_keep_a_doubling_distance_from_5_seconds_up_to_5_minutes()
    {
        var scene = Scene.Issued();
        int[] distances = [5, 10, 20, 40, 80, 160, 300, 300];
        scene = scene.WithSecret(null as SecretMetadata).Issue(trigger: IssueTrigger.Repair).Show();
        foreach (var seconds in distances)
        {
            scene = scene.WithSecret(null as SecretMetadata);
            var waiting = scene.ShouldRead("Ready=False:Pending Reconciling=True:Pending");
            waiting.WakeAt.ShouldNotBeNull().ShouldBe(scene.Now.AddSeconds(seconds));
            waiting.Failing.ShouldBeFalse();
            scene = scene.Show().At(scene.Now.AddSeconds(seconds)).Issue(trigger: IssueTrigger.Repair).Show();
        }

        scene.After(RepairHistory.QuietSpell).WithSecret(null as SecretMetadata).Issue(trigger: IssueTrigger.Repair).Observation.Memory.SecretRepairs!.Count.ShouldBe(1);
    }

    [Fact]
    public void A_Secret_that_never_comes_out_as_written_is_repaired_at_a_distance_even_before_any_status()
    {
        var stripped = Scene.With(Sessions.Minimal).Issue(trigger: IssueTrigger.First).WithSecret(Stripped);
        var repaired = stripped.Issue(trigger: IssueTrigger.Repair).WithSecret(Stripped);
        repaired.ShouldRead("Ready=False:Pending Reconciling=True:Pending").WakeAt.ShouldBe(repaired.Now.AddSeconds(5));
    }

    [Fact]
    public void A_repair_counts_as_a_rotation() => Scene.Issued().After(TimeSpan.FromSeconds(1)).WithSecret(null as SecretMetadata).Issue().ShouldKeep().Status.Rotations.ShouldBe(1);

    private static SecretObjectMeta Stripped(SecretObjectMeta metadata) =>
        metadata with { Annotations = Edit(metadata.Annotations, Annotations.IssuedAt, null), OwnedFields = OwnedFields.None };

    private static Dictionary<string, string> Edit(IReadOnlyDictionary<string, string> annotations, string name, string? value)
    {
        var edited = new Dictionary<string, string>(annotations);
        if (value is null)
            edited.Remove(name);
        else
            edited[name] = value;
        return edited;
    }
}
