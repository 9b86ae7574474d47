using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>A session with a valid spec, and the credentials that its Secret holds: what follows from both, worked out once.</summary>
internal sealed class CredentialSituation
{
    private readonly SecretOwnership _ownership;

    public CredentialSituation(SessionObservation observation, SessionTerms terms)
    {
        Observation = observation;
        Terms = observation.Grant is GrantSituation.Granted granted ? granted.Terms : terms;
        RoleSessionName = Specification.RoleSessionName.For(Session.Metadata.Namespace, Session.Metadata.Name);
        SpecHash = Specification.InputHash.Of(terms, RoleSessionName);
        InputHash = ReferenceEquals(Terms, terms) ? SpecHash : Specification.InputHash.Of(Terms, RoleSessionName);
        RenewRequest = SessionPlanner.RenewRequestOf(Session);
        _ownership = observation.Secret.OwnershipFor(Session);
        Withdrawal = new(observation, SpecHash);
        Facts = _ownership == SecretOwnership.Ours && !Withdrawal.Removes(observation.Secret!) ? ReadFacts(observation.Secret!.Metadata) : null;
    }

    public SessionObservation Observation { get; }

    /// <summary>What STS is asked; what the session itself asks for while no grant is known to allow it.</summary>
    public SessionTerms Terms { get; }

    public Withdrawal Withdrawal { get; }

    public string RoleSessionName { get; }

    /// <summary>The hash of <see cref="Terms"/>.</summary>
    public string InputHash { get; }

    /// <summary>The hash of what the session itself asks for.</summary>
    public string SpecHash { get; }

    public string? RenewRequest { get; }

    /// <summary>What our Secret says of its credentials; null where there is no such Secret, where it was edited, where it says what cannot be, or where it is about to go.</summary>
    public CredentialFacts? Facts { get; }

    public DateTimeOffset Now => Observation.Now;

    public UploadSession Session => Observation.Session;

    public UploadSessionStatus? Previous => Session.Status;

    /// <summary>Whether it is known what would be asked of STS: only then can its hash be compared.</summary>
    public bool KnowsInputs => Observation.Grant is GrantSituation.Disabled or GrantSituation.Granted;

    /// <summary>Whether the Secret's credentials were issued from the current spec, and, where that is known, from what its grant adds now.</summary>
    public bool IsCurrent => Facts is { } facts && IsOfCurrentInputs(facts);

    /// <summary>The grant to show: the one that allows the session, or that did until nobody knew any more.</summary>
    public string? GrantName => Observation.Grant switch
    {
        GrantSituation.Granted granted => granted.Grant,
        GrantSituation.Disabled => null,
        _ => Facts is null ? null : Previous?.Grant,
    };

    /// <summary>When the credentials stop to work: their expiration, or the session's end where that is sooner.</summary>
    public DateTimeOffset? LiveUntil => Facts is null ? null : LiveUntilOf(Facts);

    public bool IsLive => LiveUntil > Now;

    /// <summary>Whether the status speaks of the credentials in the Secret, and not of older ones: then it tells more than the annotations.</summary>
    public bool IsToldByStatus => Facts is not null && Previous?.AccessKeyId == Facts.AccessKeyId;

    /// <summary>When to renew; null where the credentials last until the session's end. A renewBefore that leaves no time between two renewals must not make a loop of them.</summary>
    public DateTimeOffset? RenewAt
    {
        get
        {
            if (Facts is null || Facts.ExpiresAt >= Terms.End)
                return null;
            var wanted = RotationSchedule.RenewAt(Session.Metadata.Uid, Facts.IssuedAt, Facts.ExpiresAt, Terms.RenewBefore);
            var earliest = Facts.IssuedAt + SpacingFor(Facts.ExpiresAt - Facts.IssuedAt);
            return wanted > earliest ? wanted : earliest;
        }
    }

    public string? HandledRenewRequest => Facts?.HandledRenewRequest ?? Previous?.LastHandledRenewRequest;

    /// <summary>What an issuance is called when no usable Secret of ours exists.</summary>
    public IssueTrigger MissingTrigger => _ownership switch
    {
        // Ours and yet without facts: edited, even where no status tells of it. Once we have written it, so is one that is gone or has another owner, even where somebody emptied the status.
        SecretOwnership.Ours => IssueTrigger.Repair,
        _ when Observation.Memory.WrittenTo == Terms.SecretName => IssueTrigger.Repair,
        SecretOwnership.Absent when Previous?.AccessKeyId is not null =>
            Previous.SecretName == Terms.SecretName ? IssueTrigger.Repair : IssueTrigger.SpecChanged,
        _ => IssueTrigger.First,
    };

    /// <summary>The failure that says to wait; null where nothing failed, or where something changed or enough time has passed since. One that says to wait for longer than any does was met by a clock that has been put back.</summary>
    public IssuanceFailure? BlockingFailure =>
        Observation.Memory.Failure?.About(IssuanceRequest.FingerprintOf(InputHash, Terms.SecretName, RenewRequest)) is { } failure
        && (failure.NotBefore is null || (failure.NotBefore > Now && failure.NotBefore <= Now + FailureBackoff.Longest(failure.Error.Kind)))
            ? failure
            : null;

    /// <summary>Why nothing may be issued now, whatever STS would say; null: it may.</summary>
    public IssuanceError? Obstacle => Observation.Grant switch
    {
        GrantSituation.Unknown unknown => new(Reasons.Pending, FailureKind.Transient, Reasons.GrantsUnknown, unknown.Why),
        GrantSituation.Refused refused => new(Reasons.NotGranted, FailureKind.Terminal, Reasons.NotGranted, refused.Message),
        _ => null,
    };

    public IssuanceRequest Request(SessionPolicy policy, IssueTrigger trigger) => new()
    {
        Terms = Terms,
        Policy = policy,
        RoleSessionName = RoleSessionName,
        InputHash = InputHash,
        SpecHash = SpecHash == InputHash ? null : SpecHash,
        RenewRequest = RenewRequest,
        Trigger = trigger,
    };

    /// <summary>Whether credentials were issued from the current inputs, as far as these are known.</summary>
    public bool IsOfCurrentInputs(CredentialFacts facts) => KnowsInputs ? facts.InputHash == InputHash : (facts.SpecHash ?? facts.InputHash) == SpecHash;

    /// <summary>When credentials stop to work.</summary>
    public DateTimeOffset LiveUntilOf(CredentialFacts facts) => Terms.End is { } end && end < facts.ExpiresAt ? end : facts.ExpiresAt;

    private CredentialFacts? ReadFacts(SecretObjectMeta metadata)
    {
        if (CredentialFacts.Read(metadata.Annotations, Now) is not { } facts)
            return null;
        // A Secret of an older spec has the keys of its own time: what it lacks of the new ones is no drift.
        var expected = ExpectedFields.Of(facts.InputHash == InputHash ? Terms : null, metadata.Annotations);
        return metadata.OwnedFields.Covers(expected) && Plausibility.Holds(facts, this) ? facts : null;
    }

    private static TimeSpan SpacingFor(TimeSpan life)
    {
        var half = TimeSpan.FromSeconds(Math.Floor(life.TotalSeconds / 2));
        return half < SessionPlanner.RenewalSpacing ? half : SessionPlanner.RenewalSpacing;
    }
}
