using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>Decides what to do for one session. Pure: the same observation gives the same plan.</summary>
public static class SessionPlanner
{
    /// <summary>A foreign Secret sends no event when it goes: look again so often.</summary>
    public static readonly TimeSpan ConflictRecheck = TimeSpan.FromMinutes(5);

    /// <summary>A clock that was ahead may have ended a session before its time: a key that waits is looked at again once the clock is put back.</summary>
    public static readonly TimeSpan EndRecheck = TimeSpan.FromHours(1);

    /// <summary>Credentials that nothing is wrong with are renewed no more often than this, whatever was asked for.</summary>
    public static readonly TimeSpan RenewalSpacing = TimeSpan.FromSeconds(30);

    /// <summary>How long a grant must be missing before the credentials go that it had allowed.</summary>
    public static readonly TimeSpan WithdrawalGrace = TimeSpan.FromSeconds(60);

    /// <summary>The plan for what was observed.</summary>
    public static SessionPlan Plan(SessionObservation observation)
    {
        if (observation.Session.Metadata.DeletionTimestamp is not null || observation is { IsNamespaceGoing: true, Secret: null })
            return new SessionPlan.Leave();
        if (observation.Spec.Terms is not { } terms)
            return Invalid(observation);
        if (terms.End <= observation.Now)
            return End(observation, terms.End.Value);

        var situation = new CredentialSituation(observation, terms);
        if (observation.Grant is GrantSituation.Refused refused && situation is not { Withdrawal.GraceUntil: not null, IsLive: true, IsCurrent: true })
            return NotGranted(situation, refused);
        return observation.Secret.OwnershipFor(observation.Session) == SecretOwnership.Foreign
            ? Conflict(observation, terms)
            : PlanCredentials(situation);
    }

    /// <summary>The renew request that the session's annotation asks for; null if there is none.</summary>
    public static string? RenewRequestOf(UploadSession session) =>
        session.Metadata.Annotations.GetValueOrDefault(Annotations.RenewRequest) is { Length: > 0 } request ? request : null;

    private static SessionPlan PlanCredentials(CredentialSituation situation)
    {
        if (situation.Terms.Suspend)
            return Show(situation, StatusProjection.Suspended(situation), wakeAt: situation.LiveUntil);
        if (Trigger(situation) is not { } trigger)
            return Show(situation, StatusProjection.Issued(situation), situation.RenewAt);
        if (situation.Obstacle is { } obstacle)
            return Show(situation, StatusProjection.Failing(situation, obstacle), wakeAt: null);
        if (HoldUntil(situation, trigger) is { } held)
            return Show(situation, StatusProjection.Waiting(situation), held);

        // Before what memory says: it is true of a spec at any time, and nobody asks STS to find it out.
        var policy = PolicyRenderer.Render(situation.Terms);
        if (policy.IsTooLarge)
            return Show(situation, StatusProjection.Failing(situation, TooLarge(policy)), wakeAt: null);
        return situation.BlockingFailure is { } failure
            ? Show(situation, StatusProjection.Failing(situation, failure.Error), failure.NotBefore, failing: true)
            : new SessionPlan.Issue(situation.Request(policy, trigger));
    }

    private static IssueTrigger? Trigger(CredentialSituation situation)
    {
        if (situation.Facts is not { } facts)
            return situation.MissingTrigger;
        if (!situation.IsCurrent)
            return IssueTrigger.SpecChanged;
        if (situation.RenewAt is { } renewAt && renewAt <= situation.Now)
            return IssueTrigger.Due;
        return situation.RenewRequest is { } request && request != situation.HandledRenewRequest ? IssueTrigger.Requested : null;
    }

    /// <summary>Repairs and renew requests of one session keep a distance; everything else is done at once.</summary>
    private static DateTimeOffset? HoldUntil(CredentialSituation situation, IssueTrigger trigger)
    {
        var until = trigger switch
        {
            IssueTrigger.Repair => situation.Observation.Memory.SecretRepairs?.NextAt(situation.Now),
            IssueTrigger.Requested => situation.Facts!.IssuedAt + RenewalSpacing,
            _ => null,
        };
        return until > situation.Now ? until : null;
    }

    private static IssuanceError TooLarge(SessionPolicy policy) => new(
        Reasons.PolicyTooLarge,
        FailureKind.Terminal,
        Reasons.PolicyTooLarge,
        $"the session policy has {policy.Json.Length} characters, STS accepts {SessionPolicy.MaxLength}: shorten spec.prefix, or use fewer access kinds or constraints");

    private static SessionPlan.Keep Show(CredentialSituation situation, UploadSessionStatus status, DateTimeOffset? wakeAt, bool failing = false) =>
        new(status, Earliest(situation.Now, wakeAt, situation.LiveUntil, situation.Terms.End, situation.Withdrawal.GraceUntil), failing)
        {
            Obsolete = situation.IsLive && situation.IsCurrent ? OthersThan(situation.Terms.SecretName, situation.Observation) : [],
        };

    private static SessionPlan.Keep Invalid(SessionObservation observation) =>
        new(StatusProjection.Refused(observation, Reasons.InvalidSpec, string.Join("; ", observation.Spec.Errors)), null);

    private static SessionPlan.Keep NotGranted(CredentialSituation situation, GrantSituation.Refused refused) =>
        new(StatusProjection.NotGranted(situation, refused), Earliest(situation.Now, situation.LiveUntil, situation.Terms.End, situation.Withdrawal.GraceUntil))
        {
            Obsolete = situation.Withdrawal.Removed,
            IsWithdrawal = situation.Withdrawal.Removed.Count > 0,
        };

    private static SessionPlan.Keep Conflict(SessionObservation observation, SessionTerms terms) =>
        new(
            StatusProjection.Refused(
                observation,
                Reasons.SecretConflict,
                $"the Secret {observation.Session.Metadata.Namespace}/{terms.SecretName} exists and does not belong to this session: delete it, or set spec.secretName to another name"),
            Earliest(observation.Now, observation.Now + ConflictRecheck, terms.End));

    private static SessionPlan.Keep End(SessionObservation observation, DateTimeOffset end) =>
        new(StatusProjection.Ended(observation, end), observation.Now + EndRecheck) { Obsolete = observation.Removable };

    private static IReadOnlyList<SecretMetadata> OthersThan(string name, SessionObservation observation) =>
        observation.OwnedSecrets.Any(secret => secret.Metadata.Name != name)
            ? [.. observation.Removable.Where(secret => secret.Metadata.Name != name)]
            : [];

    private static DateTimeOffset? Earliest(DateTimeOffset now, params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? earliest = null;
        foreach (var time in times)
        {
            if (time > now && (earliest is null || time < earliest))
                earliest = time;
        }

        return earliest;
    }
}
