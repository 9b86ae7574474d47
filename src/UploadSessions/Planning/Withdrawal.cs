using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>What a refusal takes away. Credentials that were issued for what the session asks for now go with their grant, once it has been missing for a while; those of an older spec, which a grant allowed, stay like those of any change that cannot be issued.</summary>
internal sealed class Withdrawal
{
    private readonly SessionObservation _observation;
    private readonly IReadOnlyList<SecretMetadata> _withdrawn;

    /// <param name="observation">What was observed.</param>
    /// <param name="specHash">The hash of what the session itself asks for.</param>
    public Withdrawal(SessionObservation observation, string specHash)
    {
        _observation = observation;
        _withdrawn = observation.Grant is GrantSituation.Refused refused
            ? [.. observation.Removable.Where(secret => refused.Grant is null || !IsOfOtherSpec(secret, specHash))]
            : [];
        var end = (observation.Memory.RefusedSince ?? observation.Now) + SessionPlanner.WithdrawalGrace;
        GraceUntil = _withdrawn.Count > 0 && end > observation.Now ? end : null;
    }

    /// <summary>When the credentials go, where they have not yet: a grant that is being replaced, or a CRD that is being deleted, looks withdrawn for a moment.</summary>
    public DateTimeOffset? GraceUntil { get; }

    /// <summary>The Secrets to remove now.</summary>
    public IReadOnlyList<SecretMetadata> Removed => GraceUntil is null ? _withdrawn : [];

    /// <summary>Whether the session has a Secret that stays.</summary>
    public bool LeavesAny => _observation.Removable.Any(secret => !Removes(secret));

    /// <summary>Whether a Secret is to be removed now.</summary>
    public bool Removes(SecretMetadata secret) => Removed.Any(removed => removed.Metadata.Name == secret.Metadata.Name);

    /// <summary>An annotation that is not ours any more does not save a Secret.</summary>
    private static bool IsOfOtherSpec(SecretMetadata secret, string specHash)
    {
        var annotations = secret.Metadata.Annotations;
        var name = annotations.ContainsKey(Annotations.SpecHash) ? Annotations.SpecHash : Annotations.InputHash;
        return annotations.TryGetValue(name, out var hash) && hash != specHash && secret.Metadata.OwnedFields.Has(name);
    }
}
