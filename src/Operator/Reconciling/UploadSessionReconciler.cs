using ControllerRuntime;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Observes a session, plans, acts, and shows the outcome in its status. Level-triggered: it asks what is, never what happened.</summary>
public sealed class UploadSessionReconciler(
    SessionCaches caches,
    SessionMemories memories,
    SpecDefaults defaults,
    GrantBook grants,
    SessionIssuer issuer,
    KubernetesWriter kubernetes,
    SessionEvents events,
    TimeProvider time,
    ILogger<UploadSessionReconciler> logger) : IReconciler
{
    private const int MostStatusAttempts = 4;
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GrantRecheck = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (caches.Session(key) is not { } session)
        {
            memories.Forget(key);
            return ReconcileResult.Done;
        }

        var observation = Observe(key, session);
        var plan = SessionPlanner.Plan(observation);
        if (plan is SessionPlan.Issue first)
        {
            // A lagging cache must not mint twice: a live look at the Secret, and a second plan where there is another one.
            var live = await kubernetes.GetSecretAsync(key.Namespace, first.Request.Terms.SecretName, cancellationToken);
            if (live?.Metadata.ResourceVersion != observation.Secret?.Metadata.ResourceVersion)
            {
                observation = observation with { Secret = live };
                plan = SessionPlanner.Plan(observation);
            }
        }

        if (plan is SessionPlan.Issue issue)
        {
            observation = await issuer.IssueAsync(key, observation, issue.Request, cancellationToken);
            memories.Remember(key, session.Metadata.Uid, observation.Memory);
            plan = SessionPlanner.Plan(observation);
        }

        return plan switch
        {
            SessionPlan.Keep keep => await ShowAsync(key, observation, keep, cancellationToken),
            SessionPlan.Issue => ReconcileResult.RetryAt(time.GetUtcNow() + SoonAgain),
            _ => ReconcileResult.Done,
        };
    }

    private SessionObservation Observe(ObjectKey key, UploadSession session)
    {
        var now = time.GetUtcNow();
        var spec = SpecReader.Read(session, defaults);
        var grant = grants.Of(session, spec.Terms);
        var secretName = spec.Terms?.SecretName ?? session.Status?.SecretName ?? session.Metadata.Name;
        return new SessionObservation
        {
            Session = session,
            Spec = spec,
            Grant = grant,
            Secret = caches.Secret(new(key.Namespace, secretName)),
            OwnedSecrets = caches.OwnedBy(key.Namespace, session.Metadata.Uid),
            Memory = memories.See(key, session.Metadata.Uid, grant, now),
            Now = now,
        };
    }

    private async Task<ReconcileResult> ShowAsync(ObjectKey key, SessionObservation observation, SessionPlan.Keep plan, CancellationToken cancellationToken)
    {
        if (plan.IsWithdrawal && !await kubernetes.CanListGrantsAsync(cancellationToken))
            return ReconcileResult.WakeAt(time.GetUtcNow() + GrantRecheck);

        var settled = true;
        foreach (var obsolete in plan.Obsolete)
            settled &= await RemoveAsync(observation.Session, obsolete, cancellationToken);
        settled &= await WriteStatusAsync(key, observation, plan, cancellationToken);

        if (!settled)
            return ReconcileResult.WakeAt(time.GetUtcNow() + SoonAgain);
        return plan.WakeAt switch
        {
            null => ReconcileResult.Done,
            { } at when plan.Failing => ReconcileResult.RetryAt(at),
            { } at => ReconcileResult.WakeAt(at),
        };
    }

    private async Task<bool> RemoveAsync(UploadSession session, SecretMetadata secret, CancellationToken cancellationToken)
    {
        if (secret.OwnershipFor(session) != SecretOwnership.Ours)
            return true;
        var gone = await kubernetes.DeleteSecretAsync(secret, cancellationToken);
        if (gone)
            logger.SecretRemoved(session.Metadata.Namespace, session.Metadata.Name, secret.Metadata.Name);
        return gone;
    }

    /// <summary>Writes the status where it says something new. Where the session changed meanwhile, reads it and projects again; STS and the Secret are not touched. A new spec is a matter for the next reconcile.</summary>
    private async Task<bool> WriteStatusAsync(ObjectKey key, SessionObservation observation, SessionPlan.Keep plan, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostStatusAttempts; attempt++)
        {
            var session = observation.Session;
            if (StatusComparer.Same(session.Status, plan.Status))
                return true;
            var ticket = caches.BeginSession(key);
            try
            {
                if (await kubernetes.WriteStatusAsync(session, plan.Status, cancellationToken) is { } written)
                {
                    ticket.Complete(written);
                    await TellAsync(session, plan.Status, cancellationToken);
                    return true;
                }
            }
            catch (ApiException gone) when (gone.StatusCode == 404)
            {
                return true;
            }

            if (await kubernetes.GetSessionAsync(key, cancellationToken) is not { } fresh || fresh.Metadata.Uid != session.Metadata.Uid)
                return true;
            if (fresh.Metadata.Generation != session.Metadata.Generation)
                return false;
            observation = observation with { Session = fresh };
            if (SessionPlanner.Plan(observation) is not SessionPlan.Keep again)
                return false;
            plan = again;
        }

        return false;
    }

    private async Task TellAsync(UploadSession before, UploadSessionStatus after, CancellationToken cancellationToken)
    {
        foreach (var told in StatusEvents.Between(before.Status, after))
        {
            logger.ReasonChanged(before.Metadata.Namespace, before.Metadata.Name, told.Reason, told.Note);
            await events.RecordAsync(before, told, cancellationToken);
        }
    }
}
