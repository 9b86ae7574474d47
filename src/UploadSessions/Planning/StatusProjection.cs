using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>The status as it should read. Made of the Secret's annotations and the time, so that nothing is lost with a status that was not written.</summary>
internal static class StatusProjection
{
    /// <summary>The credentials are those of the current spec; they may be about to be renewed.</summary>
    public static UploadSessionStatus Issued(CredentialSituation situation) =>
        Project(situation, situation.RenewAt, Condition(ConditionTypes.Ready, true, Reasons.Issued, LiveMessage(situation)));

    /// <summary>Something is to be done, and not yet.</summary>
    public static UploadSessionStatus Waiting(CredentialSituation situation)
    {
        if (situation is { IsLive: true, IsCurrent: true })
            return Issued(situation);
        const string Message = "the Secret was deleted or changed by somebody else again: waiting before the next repair";
        return Project(situation, null, NotReady(Reasons.Pending, Message), Reconciling(Reasons.Pending, Message));
    }

    /// <summary>Renewals are stopped.</summary>
    public static UploadSessionStatus Suspended(CredentialSituation situation)
    {
        var ready = situation is { IsLive: true, IsCurrent: true };
        var message = situation switch
        {
            { IsLive: true, IsCurrent: true } => $"renewals are suspended; {LiveMessage(situation)}",
            { IsLive: true } => $"renewals are suspended; the Secret holds credentials of an older spec until {Show(situation.LiveUntil)}",
            { Facts: not null } => $"renewals are suspended; the credentials expired at {Show(situation.LiveUntil)}",
            _ => "suspended: no credentials are issued until spec.suspend is removed",
        };
        return Project(situation, null, Condition(ConditionTypes.Ready, ready, Reasons.Suspended, message));
    }

    /// <summary>The last issuance failed.</summary>
    public static UploadSessionStatus Failing(CredentialSituation situation, IssuanceError error)
    {
        var story = $"{error.Code}: {error.Message}";
        if (situation is { IsLive: true, IsCurrent: true })
        {
            return Project(
                situation,
                situation.RenewAt,
                Condition(ConditionTypes.Ready, true, Reasons.Issued, LiveMessage(situation)),
                Condition(ConditionTypes.RenewalFailing, true, error.Code, story));
        }

        if (situation.IsLive)
        {
            var message = $"the credentials of the current spec could not be issued; those of {OlderPolicy(situation)} stay in force until {Show(situation.LiveUntil)}; {story}";
            return Project(situation, null, NotReady(Reasons.Outdated, message), Reconciling(Reasons.Outdated, message));
        }

        var blocked = error.Reason is Reasons.Throttled or Reasons.StsUnavailable or Reasons.Pending
            ? Reconciling(error.Reason, story)
            : Stalled(error.Reason, story);
        return Project(situation, null, NotReady(error.Reason, story), blocked);
    }

    /// <summary>Only a person can help; what the Secret holds stays as it is.</summary>
    public static UploadSessionStatus Refused(SessionObservation observation, string reason, string message) =>
        WithConditions(
            (observation.Session.Status ?? new UploadSessionStatus()) with { RenewAt = null },
            observation,
            NotReady(reason, message),
            Stalled(reason, message));

    /// <summary>No grant allows the session. Credentials of an older spec may live on.</summary>
    public static UploadSessionStatus NotGranted(CredentialSituation situation, GrantSituation.Refused refused)
    {
        if (!situation.Withdrawal.LeavesAny)
            return WithoutSecret(situation.Observation, Reasons.NotGranted, refused.Message);
        var message = situation switch
        {
            { Withdrawal.GraceUntil: not null } => $"{refused.Message}; the Secret is about to be removed",
            { IsLive: true } => $"{refused.Message}; the credentials of {OlderPolicy(situation)} stay in force until {Show(situation.LiveUntil)}",
            _ => refused.Message,
        };
        return Project(situation, null, NotReady(Reasons.NotGranted, message), Stalled(Reasons.NotGranted, message)) with { Grant = null };
    }

    /// <summary>The session is over.</summary>
    public static UploadSessionStatus Ended(SessionObservation observation, DateTimeOffset end) =>
        WithoutSecret(observation, Reasons.Ended, $"the session ended at {Show(end)}");

    /// <summary>Nothing is left of the credentials.</summary>
    private static UploadSessionStatus WithoutSecret(SessionObservation observation, string reason, string message)
    {
        var rest = new UploadSessionStatus
        {
            Rotations = observation.Session.Status?.Rotations,
            LastHandledRenewRequest = observation.Session.Status?.LastHandledRenewRequest,
        };
        return WithConditions(rest, observation, NotReady(reason, message), Stalled(reason, message));
    }

    private static UploadSessionStatus Project(CredentialSituation situation, DateTimeOffset? renewAt, params ReadOnlySpan<Condition> conditions)
    {
        var previous = situation.Previous;
        if (situation.Facts is not { } facts)
        {
            var kept = new UploadSessionStatus { Rotations = previous?.Rotations, LastHandledRenewRequest = previous?.LastHandledRenewRequest };
            return WithConditions(kept with { SecretName = previous?.SecretName, Grant = situation.GrantName, AccessKeyId = previous?.AccessKeyId }, situation.Observation, conditions);
        }

        var told = situation.IsToldByStatus ? previous : null;
        var issued = situation.Observation.JustIssued is { } just && just.AccessKeyId == facts.AccessKeyId ? just : null;
        var status = new UploadSessionStatus
        {
            SecretName = situation.Terms.SecretName,
            Grant = situation.GrantName,
            AccessKeyId = facts.AccessKeyId,
            AssumedRoleArn = told?.AssumedRoleArn ?? issued?.AssumedRoleArn,
            IssuedAt = facts.IssuedAt,
            ExpiresAt = situation.LiveUntil,
            RenewAt = renewAt,
            Rotations = previous?.Rotations is { } rotations ? rotations + (told is null ? 1 : 0) : 0,
            Policy = told?.Policy ?? PolicyInForce(situation, issued?.PackedPolicyPercent),
            LastHandledRenewRequest = facts.HandledRenewRequest ?? previous?.LastHandledRenewRequest,
        };
        return WithConditions(status, situation.Observation, conditions);
    }

    private static PolicyStatus? PolicyInForce(CredentialSituation situation, int? packedPercent) => situation is { IsCurrent: true, KnowsInputs: true }
        ? new PolicyStatus { Sha256 = PolicyRenderer.Render(situation.Terms).Sha256, PackedPercent = packedPercent }
        : null;

    private static string OlderPolicy(CredentialSituation situation) =>
        situation.IsToldByStatus && situation.Previous?.Policy?.Sha256 is { } sha256 ? $"policy {sha256}" : "an older spec";

    private static UploadSessionStatus WithConditions(UploadSessionStatus status, SessionObservation observation, params ReadOnlySpan<Condition> conditions)
    {
        var generation = observation.Session.Metadata.Generation;
        var dated = new List<Condition>(conditions.Length);
        foreach (var condition in conditions)
        {
            var before = observation.Session.Status?.Find(condition.Type);
            dated.Add(condition with
            {
                ObservedGeneration = generation,
                LastTransitionTime = before?.Status == condition.Status ? before.LastTransitionTime : Rfc3339.WholeSeconds(observation.Now),
            });
        }

        return status with { ObservedGeneration = generation, Conditions = dated };
    }

    private static Condition NotReady(string reason, string message) => Condition(ConditionTypes.Ready, false, reason, message);

    private static Condition Stalled(string reason, string message) => Condition(ConditionTypes.Stalled, true, reason, message);

    private static Condition Reconciling(string reason, string message) => Condition(ConditionTypes.Reconciling, true, reason, message);

    private static Condition Condition(string type, bool status, string reason, string message) =>
        new() { Type = type, Status = status ? "True" : "False", Reason = reason, Message = ShortText.Cut(message, LongestMessage) };

    private static string LiveMessage(CredentialSituation situation) =>
        $"the credentials in Secret {situation.Terms.SecretName} are valid until {Show(situation.LiveUntil)}";

    /// <summary>More than anybody reads, and far within the schema's limit.</summary>
    private const int LongestMessage = 4096;

    private static string Show(DateTimeOffset? time) =>
        time is { } known ? Rfc3339.Format(known) : "an unknown time";
}
