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

    /// <summary>Whether the namespace is known to be on its way out: nothing can be created in it any more (Kubernetes documentation, "Admission Controllers", NamespaceLifecycle).</summary>
    public bool IsNamespaceGoing { get; init; }

    /// <summary>The Secret of the name that the spec asks for; null if none is known.</summary>
    public SecretMetadata? Secret { get; init; }

    /// <summary>All Secrets that this session's uid controls.</summary>
    public IReadOnlyList<SecretMetadata> OwnedSecrets { get; init; } = [];

    /// <summary>The Secrets that may be removed for this session: the one that the spec asks for, where it is ours, and those that we once wrote under another name. Whoever copies our Secret copies its owner too, and the copy is theirs. A cache may lag behind what was just read or written.</summary>
    internal IReadOnlyList<SecretMetadata> Removable
    {
        get
        {
            var asked = Secret.OwnershipFor(Session) == SecretOwnership.Ours ? Secret : null;
            var others = OwnedSecrets.Where(secret => secret.Metadata.Name != asked?.Metadata.Name && secret.Metadata.OwnedFields != OwnedFields.None);
            return asked is null ? [.. others] : [asked, .. others];
        }
    }

    /// <summary>What is remembered.</summary>
    public SessionMemory Memory { get; init; } = SessionMemory.Empty;

    /// <summary>The credentials just written to <see cref="Secret"/>, where that is so: they tell more than the annotations.</summary>
    public IssuedCredentials? JustIssued { get; init; }

    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }
}
