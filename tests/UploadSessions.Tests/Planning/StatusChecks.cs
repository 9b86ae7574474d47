using UploadSessions.Grants;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Planning;

/// <summary>What holds of every status and every plan that shows one.</summary>
internal static class StatusChecks
{
    public static void Check(SessionObservation observation, SessionPlan.Keep keep)
    {
        CheckConditions(observation.Session, keep.Status);
        CheckReadyIsTrue(observation, keep.Status);
        keep.WakeAt.ShouldSatisfyAllConditions(() => (keep.WakeAt is null || keep.WakeAt > observation.Now).ShouldBeTrue("a wake-up lies ahead"));
        keep.Obsolete.ShouldAllBe(secret => secret.Owner != null && secret.Owner.Uid == observation.Session.Metadata.Uid);
        CheckStable(observation, keep);
    }

    private static void CheckConditions(UploadSession session, UploadSessionStatus status)
    {
        status.ObservedGeneration.ShouldBe(session.Metadata.Generation);
        status.Conditions.Select(condition => condition.Type).ShouldBeUnique();
        status.Conditions.ShouldAllBe(condition => condition.ObservedGeneration == session.Metadata.Generation);
        status.Conditions.ShouldAllBe(condition => condition.Reason.Length > 0 && condition.Message.Length > 0);
        status.Conditions.ShouldAllBe(condition => condition.LastTransitionTime.Ticks % TimeSpan.TicksPerSecond == 0);
        status.Conditions.Count(condition => condition.Type == ConditionTypes.Ready).ShouldBe(1);
        status.Conditions.Where(condition => condition.Type != ConditionTypes.Ready).ShouldAllBe(condition => condition.Status == "True");
        status.Conditions.Count(condition => condition.Type is ConditionTypes.Reconciling or ConditionTypes.Stalled).ShouldBeLessThan(2);
    }

    /// <summary>Ready=True means: issued from the current spec, and not expired. Read from the observation itself.</summary>
    private static void CheckReadyIsTrue(SessionObservation observation, UploadSessionStatus status)
    {
        if (status.Conditions.Single(condition => condition.Type == ConditionTypes.Ready).Status != "True")
            return;
        var terms = observation.Spec.Terms.ShouldNotBeNull();
        var annotations = observation.Secret.ShouldNotBeNull().Metadata.Annotations;
        observation.Secret.Owner!.Uid.ShouldBe(observation.Session.Metadata.Uid);
        var asked = InputHash.Of(terms, RoleSessionName.For("team-a", "nightly-export"));
        if (observation.Grant is GrantSituation.Granted granted)
            annotations[Annotations.InputHash].ShouldBe(InputHash.Of(granted.Terms, RoleSessionName.For("team-a", "nightly-export")));
        else if (observation.Grant is GrantSituation.Disabled)
            annotations[Annotations.InputHash].ShouldBe(asked);
        else
            annotations.GetValueOrDefault(Annotations.SpecHash, annotations[Annotations.InputHash]).ShouldBe(asked);
        DateTimeOffset.Parse(annotations[Annotations.ExpiresAt], null).ShouldBeGreaterThan(observation.Now);
        (terms.End is null || terms.End > observation.Now).ShouldBeTrue();
        status.AccessKeyId.ShouldBe(annotations[Annotations.AccessKeyId]);
        status.ExpiresAt.ShouldNotBeNull().ShouldBeGreaterThan(observation.Now);
    }

    /// <summary>A status once written says the same when it is read back, by this process or the next: nothing is written twice.</summary>
    private static void CheckStable(SessionObservation observation, SessionPlan.Keep keep)
    {
        var shown = observation with { Session = observation.Session with { Status = ThroughJson(keep.Status) }, JustIssued = null };
        var again = SessionPlanner.Plan(shown).ShouldBeOfType<SessionPlan.Keep>();
        StatusComparer.Same(shown.Session.Status, again.Status).ShouldBeTrue();
        again.WakeAt.ShouldBe(keep.WakeAt);
    }

    private static UploadSessionStatus ThroughJson(UploadSessionStatus status) =>
        System.Text.Json.JsonSerializer.Deserialize(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(status, ResourceJson.Default.UploadSessionStatus),
            ResourceJson.Default.UploadSessionStatus)!;
}
