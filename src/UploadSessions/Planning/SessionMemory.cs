using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>What the operator remembers of a session between two looks and nothing else stores; lost at a restart without harm.</summary>
public sealed record SessionMemory
{
    /// <summary>A session of which nothing is remembered.</summary>
    public static readonly SessionMemory Empty = new();

    /// <summary>The last issuance that failed; null after one that succeeded.</summary>
    public IssuanceFailure? Failure { get; init; }

    /// <summary>The digest of what this process last wrote to the Secret, since every session is remembered; null: nothing yet, or a write whose outcome is not known. The Secret cannot say otherwise unless somebody else wrote to it.</summary>
    public UInt128? Written { get; init; }

    /// <summary>The name of the Secret that this process wrote last and has not removed since: where it is gone or changed, that was somebody else, whatever the status says. Null: none.</summary>
    public string? WrittenTo { get; init; }

    /// <summary>The repairs of the Secret; null: none yet.</summary>
    public RepairHistory? SecretRepairs { get; init; }

    /// <summary>The fingerprint of the status that this process wrote last, or would have written had the API server let it; null: none yet.</summary>
    public int? Shown { get; init; }

    /// <summary>Whether the API server refused that one: nobody else has changed it then.</summary>
    public bool WasRefused { get; init; }

    /// <summary>How often that had to be written again, since somebody else had changed it or the API server had refused it; null: never yet.</summary>
    public RepairHistory? StatusRepairs { get; init; }

    /// <summary>Since when no grant allows the session, without a break; null: one does, none is needed, or nobody knows.</summary>
    public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>Whether no grant was even for the session's namespace at the last look.</summary>
    public bool IsWithoutGrants { get; init; }

    /// <summary>When a status may be written at the earliest, where it is the one that this process wrote last; null: at once.</summary>
    public DateTimeOffset? NextShowAt(UploadSessionStatus status, DateTimeOffset now) =>
        Shown == StatusComparer.Fingerprint(status) ? StatusRepairs?.NextAt(now) : null;

    /// <summary>The memory after a status was written, or refused.</summary>
    public SessionMemory WithShown(UploadSessionStatus status, DateTimeOffset now, bool wasRefused = false)
    {
        var shown = StatusComparer.Fingerprint(status);
        return this with { Shown = shown, WasRefused = wasRefused, StatusRepairs = Shown == shown ? RepairHistory.After(StatusRepairs, now) : StatusRepairs };
    }

    /// <summary>
    /// The memory after a look at the grants, to be taken before each plan: it counts how long a refusal has lasted. A doubt begins the count anew, and so does
    /// a clock that has been put back, and the loss of the last grant for the namespace: it takes more away than the refusal before did.
    /// </summary>
    public SessionMemory Seeing(GrantSituation grant, DateTimeOffset now)
    {
        if (grant is not GrantSituation.Refused refused)
            return this with { RefusedSince = null, IsWithoutGrants = false };
        var isWithoutGrants = refused.Grant is null;
        var goesOn = RefusedSince <= now && (IsWithoutGrants || !isWithoutGrants);
        return this with { RefusedSince = goesOn ? RefusedSince : now, IsWithoutGrants = isWithoutGrants };
    }

    /// <summary>The memory after this process removed a Secret.</summary>
    public SessionMemory WithoutSecret(string name) => WrittenTo == name ? this with { WrittenTo = null } : this;

    /// <summary>The memory after credentials were issued and written.</summary>
    public SessionMemory WithIssued(CredentialFacts facts, IssuanceRequest request, DateTimeOffset now)
    {
        var written = this with { Failure = null, Written = facts.Digest(), WrittenTo = request.Terms.SecretName };
        return request.Trigger == IssueTrigger.Repair ? written with { SecretRepairs = RepairHistory.After(SecretRepairs, now) } : written;
    }
}

/// <summary>An issuance that failed.</summary>
/// <param name="Fingerprint">What was tried: a changed spec is another fingerprint and is tried at once, and so is a new renew request unless the last try was just now.</param>
/// <param name="Attempt">How many times in a row, from 1.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="NotBefore">When to try again; null: not before something changes.</param>
/// <param name="Outage">The outage of an STS that it belongs to: there is nothing to wait for once that has ended. Null: none.</param>
public sealed record IssuanceFailure(string Fingerprint, int Attempt, IssuanceError Error, DateTimeOffset? NotBefore, long? Outage = null)
{
    /// <summary>When it failed.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What this failure says of a try: itself where it is of the same; where only the renew request is another, the same until both can be tried again; null: nothing.</summary>
    public IssuanceFailure? About(string fingerprint)
    {
        if (Fingerprint == fingerprint)
            return this;
        var soonest = At + SessionPlanner.RenewalSpacing;
        return IssuanceRequest.DifferInRenewRequest(Fingerprint, fingerprint) ? this with { NotBefore = NotBefore < soonest ? NotBefore : soonest } : null;
    }
}
