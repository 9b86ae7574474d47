using ControllerRuntime;
using ControllerRuntime.Connection;
using ControllerRuntime.Leadership;
using ControllerRuntime.Queue;
using ControllerRuntime.Telemetry;
using ControllerRuntime.Watching;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Options;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Operator.Sts;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Hosting;

/// <summary>The running operator: the watches, one queue, the workers, and the lease.</summary>
public sealed class OperatorManager : IDisposable
{
    private const string ControllerName = "uploadsession";
    private const string LeaseName = "upload-session-operator";

    private readonly WorkQueue _queue;
    private readonly ControllerManager _manager;

    /// <summary>Wires the parts; nothing runs yet.</summary>
    public OperatorManager(
        OperatorOptions options,
        OperatorIdentity identity,
        ApiConnection connection,
        SessionCaches caches,
        GrantCaches grants,
        SessionMemories memories,
        StsCircuits circuits,
        RightsGuard reconciler,
        RuntimeMetrics metrics,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _queue = new WorkQueue(ControllerName, caches.DeadlineOf, time, metrics);
        var controller = new Controller(
            ControllerName, reconciler, _queue, () => KeysOf(caches.Sessions), new ControllerOptions { Workers = options.Workers }, time, loggers.CreateLogger<Controller>(), metrics);
        caches.SubscribeToNews(controller.Enqueue);
        circuits.SubscribeToRecovery(outage => EnqueueAll(controller, memories.FailedFor(outage)));
        FollowGrants(controller, caches.Sessions, grants);
        var json = ResourceJson.ForCache();
        IReflector[] reflectors =
        [
            .. (options.Namespaces is { Count: > 0 } named ? named : [""]).SelectMany(ns => SessionReflectors(ns, json, caches, options, connection, time, loggers)),
            .. options.RequireGrants ? GrantReflectors(grants, connection, time, loggers) : [],
        ];
        RuntimeGauges.Register(metrics, reflectors, [_queue]);
        _manager = new ControllerManager(
            reflectors,
            options.LeaderElect ? Elector(options, identity, connection, metrics, time, loggers) : null,
            [controller],
            loggers.CreateLogger<ControllerManager>());
    }

    /// <summary>Whether the caches are filled.</summary>
    public bool IsReady => _manager.IsReady;

    /// <summary>Whether the operator ended by itself.</summary>
    public bool Failed { get; private set; }

    /// <summary>Runs until told to stop.</summary>
    /// <exception cref="LeadershipLostException">Another replica may lead now: the process must end.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            await _manager.RunAsync(stopping);
        }
        catch when (!stopping.IsCancellationRequested)
        {
            Failed = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    /// <summary>
    /// The sessions and the Secrets of one namespace, or of all. Of several namespaces each stands for itself: one that refuses the operator
    /// holds up no other. Its sessions are read once its Secrets are known, so no session is worked on without them. What a session and its Secret have in common is read as one.
    /// </summary>
    private static IEnumerable<IReflector> SessionReflectors(string ns, ResourceJson json, SessionCaches caches, OperatorOptions options, ApiConnection connection, TimeProvider time, ILoggerFactory loggers)
    {
        var isOneOfSeveral = options.Namespaces.Count > 1;
        var reflection = new ReflectorOptions { MayBeRefused = isOneOfSeveral };
        var secrets = Reflect(SessionCaches.WatchedSecrets with { Namespace = ns, JsonType = json.SecretMetadata }, caches.Secrets, connection, time, loggers, reflection);
        yield return secrets;
        yield return Reflect(SessionCaches.WatchedSessions with { Namespace = ns, JsonType = json.UploadSession }, caches.Sessions, connection, time, loggers, reflection, after: isOneOfSeveral ? secrets : null);
    }

    private static IEnumerable<IReflector> GrantReflectors(GrantCaches grants, ApiConnection connection, TimeProvider time, ILoggerFactory loggers)
    {
        yield return Reflect(GrantCaches.WatchedGrants, grants.Grants, connection, time, loggers);
        if (grants.Namespaces is { } namespaces)
            yield return Reflect(GrantCaches.WatchedNamespaces, namespaces, connection, time, loggers);
    }

    private static Reflector<T> Reflect<T>(
        WatchedResource<T> resource, ObjectStore<T> store, ApiConnection connection, TimeProvider time, ILoggerFactory loggers,
        ReflectorOptions? options = null, IReflector? after = null)
        where T : class =>
        new(connection, resource, store, time, options ?? new ReflectorOptions(), loggers.CreateLogger<Reflector<T>>(), after: after);

    private static LeaderElector Elector(OperatorOptions options, OperatorIdentity identity, ApiConnection connection, RuntimeMetrics metrics, TimeProvider time, ILoggerFactory loggers) =>
        new(
            connection,
            new LeaderElectionOptions { Namespace = options.LeaderElectionNamespace, Name = LeaseName, Identity = identity.Instance }.Lasting(options.LeaderElectionLeaseDuration),
            time,
            loggers.CreateLogger<LeaderElector>(),
            metrics);

    /// <summary>A grant may concern any session; the labels of a namespace concern those in it. Until all are known nothing can be told, and then every session is looked at.</summary>
    private static void FollowGrants(Controller controller, ObjectStore<UploadSession> sessions, GrantCaches grants)
    {
        grants.Grants.Subscribe(change =>
        {
            if (grants.Grants.IsCurrent && !SameSpec(change.Old, change.New))
                EnqueueAll(controller, sessions);
        });
        grants.Grants.SubscribeToCurrency(() => EnqueueAll(controller, sessions));
        grants.Namespaces?.SubscribeToCurrency(() => EnqueueAll(controller, sessions));
        grants.Namespaces?.Subscribe(change =>
        {
            if (grants.Namespaces.IsCurrent && !SameLabels(change.Old, change.New))
                EnqueueAll(controller, sessions, change.Key.Name);
        });
    }

    private static void EnqueueAll(Controller controller, ObjectStore<UploadSession> sessions, string? ns = null) =>
        EnqueueAll(controller, KeysOf(sessions).Where(key => ns is null || key.Namespace == ns));

    private static void EnqueueAll(Controller controller, IEnumerable<ObjectKey> keys)
    {
        foreach (var key in keys)
            controller.Enqueue(key);
    }

    private static IEnumerable<ObjectKey> KeysOf(ObjectStore<UploadSession> sessions) =>
        sessions.Snapshot().Select(session => new ObjectKey(session.Metadata.Namespace, session.Metadata.Name));

    /// <summary>Labels and annotations of a grant mean nothing: whoever keeps changing them must not have every session looked at.</summary>
    private static bool SameSpec(UploadGrant? one, UploadGrant? other) =>
        one is not null && other is not null && one.Metadata.Uid == other.Metadata.Uid && one.Metadata.Generation == other.Metadata.Generation;

    private static bool SameLabels(NamespaceMetadata? one, NamespaceMetadata? other) =>
        one is not null && other is not null && one.Metadata.Labels.Count == other.Metadata.Labels.Count && !one.Metadata.Labels.Except(other.Metadata.Labels).Any();
}
