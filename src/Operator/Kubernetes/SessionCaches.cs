using ControllerRuntime;
using ControllerRuntime.Watching;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>What the operator knows of the cluster: sessions, and the metadata of the Secrets that carry our label, each with this process's own writes laid over it.</summary>
public sealed class SessionCaches
{
    private readonly PendingWrites<UploadSession> _writtenSessions = new(WatchedSessions.VersionOf);
    private readonly PendingWrites<SecretMetadata> _writtenSecrets = new(WatchedSecrets.VersionOf);
    private Action<ObjectKey>? _onNews;

    /// <summary>Watches the stores' changes.</summary>
    public SessionCaches(ObjectStore<UploadSession> sessions, ObjectStore<SecretMetadata> secrets)
    {
        Sessions = sessions;
        Secrets = secrets;
        sessions.Subscribe(OnSession);
        secrets.Subscribe(OnSecret);
        secrets.SubscribeToLists(OnSecretsListed);
    }

    /// <summary>All sessions.</summary>
    public ObjectStore<UploadSession> Sessions { get; }

    /// <summary>All Secrets with our label, indexed by the uid of the session that controls them.</summary>
    public ObjectStore<SecretMetadata> Secrets { get; }

    /// <summary>How sessions are watched.</summary>
    public static WatchedResource<UploadSession> WatchedSessions { get; } = new()
    {
        Name = UploadSession.Plural,
        Path = $"/apis/{UploadSession.Group}/{UploadSession.Version}/{UploadSession.Plural}",
        JsonType = ResourceJson.Default.UploadSession,
        KeyOf = session => new(session.Metadata.Namespace, session.Metadata.Name),
        VersionOf = session => session.Metadata.ResourceVersion,
        Share = (old, session) => SpecComparer.Same(old.Spec, session.Spec) ? session with { Spec = old.Spec } : session,
    };

    /// <summary>How Secrets are watched: as metadata, filtered by our label.</summary>
    public static WatchedResource<SecretMetadata> WatchedSecrets { get; } = new()
    {
        Name = "secrets",
        Path = "/api/v1/secrets",
        LabelSelector = Annotations.ManagedLabel + "=true",
        MetadataOnly = true,
        JsonType = ResourceJson.Default.SecretMetadata,
        KeyOf = KeyOf,
        VersionOf = secret => secret.Metadata.ResourceVersion,
        IndexBy = secret => secret.Owner?.Uid,
    };

    /// <summary>The session, or null if there is none.</summary>
    public UploadSession? Session(ObjectKey key) => Sessions.Get(key) is { } cached ? _writtenSessions.Over(key, cached) : null;

    /// <summary>The Secret of that name, or null if none is known.</summary>
    public SecretMetadata? Secret(ObjectKey key) => _writtenSecrets.Over(key, Secrets.Get(key));

    /// <summary>All known Secrets of a namespace that this uid controls. Across namespaces nobody owns anything (Kubernetes documentation, "Owners and Dependents"), whatever a Secret says.</summary>
    public IReadOnlyList<SecretMetadata> OwnedBy(string ns, string uid) => [.. Secrets.ByIndex(uid).Where(secret => secret.Metadata.Namespace == ns)];

    /// <summary>Marks the start of a status write.</summary>
    public PendingWrites<UploadSession>.Ticket BeginSession(ObjectKey key) => _writtenSessions.Begin(key);

    /// <summary>Marks the start of a Secret write.</summary>
    public PendingWrites<SecretMetadata>.Ticket BeginSecret(ObjectKey key) => _writtenSecrets.Begin(key);

    /// <summary>When the session's credentials expire, or its creation where it has none: what the queue orders by.</summary>
    public DateTimeOffset DeadlineOf(ObjectKey key) =>
        Session(key) is { } session ? session.Status?.ExpiresAt ?? session.Metadata.CreationTimestamp : DateTimeOffset.MinValue;

    /// <summary>
    /// Has <paramref name="onNews"/> called with the key of each session that may have to be looked at, because it or a Secret that it controls has changed
    /// and not just to what this process wrote. On a reflector's thread: it must be quick and must not throw. Subscribe before the reflectors run.
    /// </summary>
    public void SubscribeToNews(Action<ObjectKey> onNews) => _onNews += onNews;

    /// <summary>The key of a Secret.</summary>
    public static ObjectKey KeyOf(SecretMetadata secret) => new(secret.Metadata.Namespace, secret.Metadata.Name);

    /// <summary>A spec that came with a status, as the defaults of a new CRD do, is news; one that says the same is the same object, see <see cref="WatchedSessions"/>.</summary>
    private void OnSession(StoreChange<UploadSession> change)
    {
        var isOurs = _writtenSessions.Forget(change.Key, change.New);
        if (!isOurs || !ReferenceEquals(change.Old?.Spec, change.New?.Spec))
            _onNews?.Invoke(change.Key);
    }

    private void OnSecret(StoreChange<SecretMetadata> change)
    {
        if (_writtenSecrets.Forget(change.Key, change.New) && IsAskedFor(change.New!))
            return;
        OnNewsOfOwner(change.Key.Namespace, change.Old?.Owner);
        OnNewsOfOwner(change.Key.Namespace, change.New?.Owner);
    }

    /// <summary>Whether the session's spec, as it is cached now, names this Secret. If not, the event is the first to tell that there is one to remove.</summary>
    private bool IsAskedFor(SecretMetadata secret) =>
        secret.Owner is { } owner
        && Sessions.Get(new(secret.Metadata.Namespace, owner.Name)) is { } session
        && secret.Metadata.Name == (session.Spec.SecretName ?? session.Metadata.Name);

    private void OnSecretsListed()
    {
        foreach (var gone in _writtenSecrets.ForgetAbsent(key => Secrets.Get(key) is not null))
            OnNewsOfOwner(gone.Metadata.Namespace, gone.Owner);
    }

    /// <summary>A session that is not cached yet is left to its own arrival: until then nothing tells how urgent it is.</summary>
    private void OnNewsOfOwner(string ns, OwnerReference? owner)
    {
        if (owner is not null && new ObjectKey(ns, owner.Name) is var key && Sessions.Get(key) is not null)
            _onNews?.Invoke(key);
    }
}
