namespace UploadSessions.Planning;

/// <summary>
/// Whether what our Secret says of its credentials can be what we wrote. Whoever may write Secrets in the namespace can write any
/// annotation, and under the name of our field manager too: then no field has left our entry, and nothing has drifted.
/// What cannot be ours is issued anew, at the distance that repairs keep.
/// </summary>
internal static class Plausibility
{
    /// <summary>Whether it can.</summary>
    public static bool Holds(CredentialFacts facts, CredentialSituation situation)
    {
        if (situation.IsOfCurrentInputs(facts) && facts.ExpiresAt - facts.IssuedAt > CredentialFacts.LongestLifeOf(situation.Terms))
            return false;
        return situation.Observation.Memory.Written is { } written ? facts.Digest() == written : !IsContradicted(facts, situation);
    }

    /// <summary>Whether the status, which fewer may write, tells other times of the same access key. It may only where it speaks of the same generation and inputs: of others it tells their session's end.</summary>
    private static bool IsContradicted(CredentialFacts facts, CredentialSituation situation) =>
        situation.Previous is { ExpiresAt: { } expiresAt } told
        && told.AccessKeyId == facts.AccessKeyId
        && told.ObservedGeneration == situation.Session.Metadata.Generation
        && situation.IsOfCurrentInputs(facts)
        && (told.IssuedAt != facts.IssuedAt || expiresAt != situation.LiveUntilOf(facts));
}
