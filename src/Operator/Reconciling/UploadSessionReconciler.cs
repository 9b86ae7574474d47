using ControllerRuntime;
using ControllerRuntime.Connection;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Sts;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Observes a session, plans, acts, and shows the outcome in its status. Level-triggered: it asks what is, never what happened.</summary>
public sealed class UploadSessionReconciler(
    SessionCaches caches,
    GrantCaches grantCaches,
    SessionMemories memories,
    SpecDefaults defaults,
    GrantBook grants,
    StsCircuits circuits,
    SessionIssuer issuer,
    KubernetesWriter kubernetes,
    SessionEvents events,
    TimeProvider time,
    ILogger<UploadSessionReconciler> logger) : IReconciler
{
    private const int MostStatusAttempts = 4;

    /// <summary>Whoever may write Secrets can make any number that look like old ones of a session: the worker is for the others too.</summary>
    private const int MostRemovals = 8;
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
        if (plan is SessionPlan.Issue { Request: var request })
        {
            if (await IssueAsync(key, observation, request, cancellationToken) is not { } after)
                return ReconcileResult.Done;
            observation = after;
            plan = SessionPlanner.Plan(observation);
        }

        return plan switch
        {
            SessionPlan.Keep when IsMoot(observation.Memory.Failure) => ReconcileResult.RetryAt(time.GetUtcNow()),
            SessionPlan.Keep keep => await ShowAsync(key, observation, keep, cancellationToken),
            SessionPlan.Issue => ReconcileResult.RetryAt(time.GetUtcNow() + SoonAgain),
            _ => ReconcileResult.Done,
        };
    }

    /// <summary>A lagging cache must not mint twice: a live look at the Secret first, and a second plan where there is another one.</summary>
    /// <returns>What is to be planned with now; null where the session is another by now, which its watch will tell.</returns>
    private async Task<SessionObservation?> IssueAsync(ObjectKey key, SessionObservation observation, IssuanceRequest request, CancellationToken cancellationToken)
    {
        var uid = observation.Session.Metadata.Uid;
        if (issuer.Refused(key, observation, request) is { } refused)
        {
            memories.Remember(key, uid, refused.Memory);
            return refused;
        }

        try
        {
            var live = await kubernetes.GetSecretAsync(key.Namespace, request.Terms.SecretName, cancellationToken);
            memories.Release(key, uid, live);
            if (live?.Metadata.ResourceVersion != observation.Secret?.Metadata.ResourceVersion)
            {
                observation = observation with { Secret = live };
                if (SessionPlanner.Plan(observation) is not SessionPlan.Issue again)
                    return observation;
                request = again.Request;
            }

            if (MayHaveChanged(request, live) && await HasChangedAsync(key, observation.Session, cancellationToken))
                return null;
            observation = await issuer.IssueAsync(key, observation, request, cancellationToken);
        }
        catch (ApiException forbidden) when (MissingRight.Of(forbidden) is not null)
        {
            await ShowMissingRightAsync(key, observation, request, forbidden, cancellationToken);
            throw;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            observation = issuer.Failed(key, observation, request, failure);
        }

        memories.Remember(key, uid, observation.Memory);
        return observation;
    }

    /// <summary>
    /// While the watch of sessions fails, what is cached may have been narrowed since, and another leader may have issued for that. And garbage collection
    /// removes the Secret of a session that was deleted, of which the watch of sessions may tell later than the one of Secrets.
    /// </summary>
    private bool MayHaveChanged(IssuanceRequest request, SecretMetadata? live) =>
        !caches.Sessions.IsCurrent || (live is null && request.Trigger == IssueTrigger.Repair);

    private async Task<bool> HasChangedAsync(ObjectKey key, UploadSession session, CancellationToken cancellationToken) =>
        await kubernetes.GetSessionAsync(key, cancellationToken) is not { Metadata: { DeletionTimestamp: null } now }
        || now.Uid != session.Metadata.Uid
        || now.Generation != session.Metadata.Generation;

    /// <summary>The namespace waits until it has the right again; meanwhile the status must not go on to say what it said before.</summary>
    private async Task ShowMissingRightAsync(ObjectKey key, SessionObservation observation, IssuanceRequest request, ApiException refused, CancellationToken cancellationToken)
    {
        var memory = observation.Memory with { Failure = new(request.Fingerprint, 1, UnexpectedFailure.Tell(refused), observation.Now + SoonAgain) };
        observation = observation with { Memory = memory };
        if (SessionPlanner.Plan(observation) is not SessionPlan.Keep plan)
            return;
        try
        {
            await WriteStatusAsync(key, observation, plan, cancellationToken);
        }
        catch (Exception unwritten) when (unwritten is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            // The right to write the status is missing as well, or more is wrong: the first refusal is the one to tell.
        }
    }

    private SessionObservation Observe(ObjectKey key, UploadSession session)
    {
        var now = time.GetUtcNow();
        var spec = SpecReader.Read(session, defaults);
        var grant = grants.Of(session, spec.Terms);
        var secretName = spec.Terms?.SecretName ?? session.Status?.SecretName ?? session.Metadata.Name;
        var secret = caches.Secret(new(key.Namespace, secretName));
        memories.Release(key, session.Metadata.Uid, secret);
        var memory = memories.See(key, session.Metadata.Uid, grant, now);
        return new SessionObservation
        {
            Session = session,
            Spec = spec,
            Grant = grant,
            IsNamespaceGoing = grantCaches.IsGoing(key.Namespace),
            Secret = secret,
            OwnedSecrets = caches.OwnedBy(key.Namespace, session.Metadata.Uid),
            Memory = IsMoot(memory.Failure) ? memory with { Failure = null } : memory,
            Now = now,
        };
    }

    /// <summary>The STS that left it without an answer has answered somebody since.</summary>
    private bool IsMoot(IssuanceFailure? failure) => failure?.Outage is { } outage && circuits.IsOver(outage);

    private async Task<ReconcileResult> ShowAsync(ObjectKey key, SessionObservation observation, SessionPlan.Keep plan, CancellationToken cancellationToken)
    {
        if (plan.IsWithdrawal && !await kubernetes.CanListGrantsAsync(cancellationToken))
            return ReconcileResult.WakeAt(time.GetUtcNow() + GrantRecheck);

        // What is being deleted is held by somebody's finalizer: to delete it again changes nothing.
        SecretMetadata[] obsolete = [.. plan.Obsolete.Where(secret => secret.Metadata.DeletionTimestamp is null)];
        var settled = obsolete.Length <= MostRemovals;
        foreach (var secret in obsolete.Take(MostRemovals))
            settled &= await RemoveAsync(key, observation.Session, secret, cancellationToken);
        var heldUntil = HeldUntil(key, observation, plan);
        if (heldUntil is null)
            settled &= await WriteStatusAsync(key, observation, plan, cancellationToken);

        if (!settled)
            return ReconcileResult.WakeAt(time.GetUtcNow() + SoonAgain);
        return (heldUntil is null || plan.WakeAt < heldUntil ? plan.WakeAt : heldUntil) switch
        {
            null => ReconcileResult.Done,
            { } at when plan.Failing => ReconcileResult.RetryAt(at),
            { } at => ReconcileResult.WakeAt(at),
        };
    }

    /// <summary>A second operator, or whoever else wants the status to say something else, must not drive this one.</summary>
    private DateTimeOffset? HeldUntil(ObjectKey key, SessionObservation observation, SessionPlan.Keep plan) =>
        !StatusComparer.Same(observation.Session.Status, plan.Status)
        && memories.Recall(key, observation.Session.Metadata.Uid).NextShowAt(plan.Status, observation.Now) is { } next && next > observation.Now
            ? next
            : null;

    private async Task<bool> RemoveAsync(ObjectKey key, UploadSession session, SecretMetadata secret, CancellationToken cancellationToken)
    {
        if (secret.OwnershipFor(session) != SecretOwnership.Ours)
            return true;
        var gone = await kubernetes.DeleteSecretAsync(secret, cancellationToken);
        if (!gone)
            return false;
        memories.Remember(key, session.Metadata.Uid, memories.Recall(key, session.Metadata.Uid).WithoutSecret(secret.Metadata.Name));
        logger.SecretRemoved(session.Metadata.Namespace, session.Metadata.Name, secret.Metadata.Name);
        return true;
    }

    /// <summary>Writes the status where it says something new. Where the session changed meanwhile, reads it and projects again; STS and the Secret are not touched. A new spec is a matter for the next reconcile.</summary>
    private async Task<bool> WriteStatusAsync(ObjectKey key, SessionObservation observation, SessionPlan.Keep plan, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MostStatusAttempts; attempt++)
        {
            var session = observation.Session;
            if (StatusComparer.Same(session.Status, plan.Status))
                return true;
            using var ticket = caches.BeginSession(key);
            try
            {
                if (await kubernetes.WriteStatusAsync(session, plan.Status, cancellationToken) is { } written)
                {
                    ticket.Complete(written);
                    RememberShown(key, session, plan.Status);
                    await TellAsync(session, plan.Status, cancellationToken);
                    return true;
                }
            }
            catch (ApiException gone) when (gone.StatusCode == 404)
            {
                return true;
            }
            catch (ApiException refused) when (refused.StatusCode == 422)
            {
                await TellWithoutStatusAsync(key, session, plan.Status, refused, cancellationToken);
                return false;
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

        // Whoever writes so fast that nothing gets through is as much of a second writer.
        RememberShown(key, observation.Session, plan.Status);
        return false;
    }

    /// <summary>
    /// API servers before Kubernetes 1.30 hold the whole object to the schema at each write: where a rule is younger than a spec that breaks it, no
    /// status can say so. An Event can, once; the status is tried again less and less often.
    /// </summary>
    private async Task TellWithoutStatusAsync(ObjectKey key, UploadSession session, UploadSessionStatus status, ApiException refused, CancellationToken cancellationToken)
    {
        var (before, after) = Remember(key, session, status, wasRefused: true);
        if (before.WasRefused && after.Shown == before.Shown)
            return;
        logger.StatusRefused(key.Namespace, key.Name, refused.Message);
        await TellAsync(session, status, cancellationToken);
    }

    private void RememberShown(ObjectKey key, UploadSession session, UploadSessionStatus status)
    {
        var (before, after) = Remember(key, session, status, wasRefused: false);
        if (!before.WasRefused && after.StatusRepairs is { Count: > 1 } repairs && repairs != before.StatusRepairs)
            logger.StatusContested(key.Namespace, key.Name, repairs.Count);
    }

    private (SessionMemory Before, SessionMemory After) Remember(ObjectKey key, UploadSession session, UploadSessionStatus status, bool wasRefused)
    {
        var before = memories.Recall(key, session.Metadata.Uid);
        var after = before.WithShown(status, time.GetUtcNow(), wasRefused);
        memories.Remember(key, session.Metadata.Uid, after);
        return (before, after);
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
