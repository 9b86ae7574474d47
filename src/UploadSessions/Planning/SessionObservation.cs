using UploadSessions.Credentials;
using UploadSessions.Grants;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>Everything a plan depends on, gathered at one moment.</summary>
public sealed record SessionObservation
{
    /// <summary>The session as cached.</summary>
    public required UploadSession Session { get; init; }

    /// <summary>Its checked spec as the session states it, or what is wrong with it.</summary>
    public required SpecResult Spec { get; init; }

    /// <summary>How the session stands with the grants.</summary>
    public GrantSituation Grant { get; init; } = new GrantSituation.Disabled();

    /// <summary>The Secret of the name that the spec asks for; null if none is known.</summary>
    public SecretMetadata? Secret { get; init; }

    /// <summary>All Secrets that this session's uid controls.</summary>
    public IReadOnlyList<SecretMetadata> OwnedSecrets { get; init; } = [];

    /// <summary>What is remembered.</summary>
    public SessionMemory Memory { get; init; } = SessionMemory.Empty;

    /// <summary>The credentials just written to <see cref="Secret"/>, where that is so: they tell more than the annotations.</summary>
    public IssuedCredentials? JustIssued { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}
