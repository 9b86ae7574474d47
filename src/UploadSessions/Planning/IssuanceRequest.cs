using UploadSessions.Credentials;
using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>One issuance: what STS is asked and what the Secret will say of it.</summary>
public sealed record IssuanceRequest
{
    /// <summary>The checked spec, with all that a grant adds: what STS is asked and the Secret tells.</summary>
    public required SessionTerms Terms { get; init; }

    /// <summary>The session policy, within the size limit.</summary>
    public required SessionPolicy Policy { get; init; }

    /// <summary>RoleSessionName.</summary>
    public required string RoleSessionName { get; init; }

    /// <summary>The hash of the semantic inputs.</summary>
    public required string InputHash { get; init; }

    /// <summary>The hash of what the session itself asks for; null where it is the same, since no grant adds anything.</summary>
    public string? SpecHash { get; init; }

    /// <summary>The renew request this issuance carries out, if any.</summary>
    public string? RenewRequest { get; init; }

    /// <summary>Why it is made.</summary>
    public required IssueTrigger Trigger { get; init; }

    /// <summary>What the Secret's annotations will say of the credentials that this request brought. Where they seem to live for longer than was asked, our clock lags behind that of STS, or the store did not listen: what was asked is recorded, so that the renewal is in time.</summary>
    public CredentialFacts FactsOf(IssuedCredentials credentials)
    {
        var latest = credentials.IssuedAt + CredentialFacts.LongestLifeOf(Terms);
        var expiresAt = credentials.ExpiresAt < latest ? credentials.ExpiresAt : latest;
        return new(credentials.AccessKeyId, credentials.IssuedAt, expiresAt, InputHash, RenewRequest, SpecHash);
    }

    /// <summary>Identifies what is tried, for <see cref="IssuanceFailure.Fingerprint"/>.</summary>
    public string Fingerprint => FingerprintOf(InputHash, Terms.SecretName, RenewRequest);

    /// <summary>The fingerprint of a try with these inputs, this Secret and this renew request.</summary>
    public static string FingerprintOf(string inputHash, string secretName, string? renewRequest) => $"{inputHash}\n{secretName}\n{renewRequest}";

    /// <summary>Whether two fingerprints are of tries that nothing else tells apart. A renew request may have any characters, a hash and a Secret's name no line break.</summary>
    public static bool DifferInRenewRequest(string one, string other) => one != other && WithoutRenewRequest(one).SequenceEqual(WithoutRenewRequest(other));

    private static ReadOnlySpan<char> WithoutRenewRequest(string fingerprint)
    {
        var afterHash = fingerprint.IndexOf('\n', StringComparison.Ordinal) + 1;
        var length = fingerprint.IndexOf('\n', afterHash);
        return length < 0 ? fingerprint : fingerprint.AsSpan(0, length);
    }
}

/// <summary>Why credentials are issued.</summary>
public enum IssueTrigger
{
    /// <summary>The session has had none.</summary>
    First,

    /// <summary>The renewal time has come.</summary>
    Due,

    /// <summary>The spec changed, or what a grant adds to it.</summary>
    SpecChanged,

    /// <summary>The renew-request annotation changed.</summary>
    Requested,

    /// <summary>The Secret was deleted or edited.</summary>
    Repair,
}
