using ControllerRuntime;
using UploadSessions.Credentials;
using UploadSessions.Operator.Sts;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Rotation;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Carries out one issuance: STS, then the Secret. What comes back is the observation as it stands afterwards, to be planned again.</summary>
public sealed class SessionIssuer(StsIssuer sts, SecretWriter secrets, SessionMemories memories, SessionEvents events, OperatorMetrics metrics, TimeProvider time, Random random, ILogger<SessionIssuer> logger)
{
    /// <summary>What comes of an issuance for which STS would not be asked now; null: it can be tried.</summary>
    public SessionObservation? Refused(ObjectKey key, SessionObservation observation, IssuanceRequest request) =>
        memories.InHand(key, observation.Session.Metadata.Uid, request, observation.Now) is null && sts.Refusal(request) is { Error: { } error, Outage: var outage }
            ? Failed(observation, request, error, outage)
            : null;

    /// <summary>Issues credentials and writes them.</summary>
    public async Task<SessionObservation> IssueAsync(ObjectKey key, SessionObservation observation, IssuanceRequest request, CancellationToken cancellationToken)
    {
        var uid = observation.Session.Metadata.Uid;
        var credentials = memories.InHand(key, uid, request, observation.Now);
        if (credentials is null)
        {
            var outcome = await sts.IssueAsync(request, cancellationToken);
            if (outcome.Error is { } refused)
                return Failed(observation, request, refused, outcome.Outage);
            credentials = outcome.Credentials!;
            memories.Hold(key, uid, request, credentials);
        }

        var written = await secrets.WriteAsync(observation.Session, observation.Secret, request, credentials, cancellationToken);
        if (written.Error is { } error)
            return Failed(observation, request, error);
        if (!written.IsWritten)
            return observation with { Secret = written.Secret, Memory = memories.Recall(key, uid) };

        memories.Release(key, uid);
        return await SucceededAsync(observation, request, credentials, written, cancellationToken);
    }

    /// <summary>An issuance that ended in an exception: what is in hand by now stays so, and what the Secret says may be known to nobody.</summary>
    public SessionObservation Failed(ObjectKey key, SessionObservation observation, IssuanceRequest request, Exception failure) =>
        Failed(observation with { Memory = memories.Recall(key, observation.Session.Metadata.Uid) }, request, UnexpectedFailure.Tell(failure), cause: failure);

    private async Task<SessionObservation> SucceededAsync(SessionObservation observation, IssuanceRequest request, IssuedCredentials credentials, SecretWriteResult written, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var session = observation.Session;
        metrics.Issuance("issued", code: null);
        if (request.Trigger == IssueTrigger.Due && session.Status?.RenewAt is { } due)
            metrics.RotationLateness(now - due);
        logger.Issued(session.Metadata.Namespace, session.Metadata.Name, request.Trigger, credentials.AccessKeyId, credentials.ExpiresAt);

        if (request.Trigger == IssueTrigger.Repair)
            await events.RecordAsync(session, new("SecretRepaired", "Repair", $"the Secret {request.Terms.SecretName} had been deleted or changed by somebody else: new credentials were written", IsWarning: true), cancellationToken);
        var memory = observation.Memory.WithIssued(request.FactsOf(credentials), request, now);
        return observation with { Secret = written.Secret, JustIssued = credentials, Memory = memory, Now = now };
    }

    private SessionObservation Failed(SessionObservation observation, IssuanceRequest request, IssuanceError error, long? outage = null, Exception? cause = null)
    {
        var now = time.GetUtcNow();
        metrics.Issuance("failed", error.Code);
        var previous = observation.Memory.Failure;
        var attempt = previous?.About(request.Fingerprint) is not null ? previous.Attempt + 1 : 1;
        var status = observation.Session.Status;
        var delay = FailureBackoff.Delay(error.Kind, attempt, now, status?.IssuedAt, status?.ExpiresAt, random.NextDouble());
        var failure = new IssuanceFailure(request.Fingerprint, attempt, error, now + delay, outage) { At = now };
        if (previous?.Fingerprint != request.Fingerprint || previous.Error.Code != error.Code)
            logger.IssuanceFailed(cause, observation.Session.Metadata.Namespace, observation.Session.Metadata.Name, error.Code, error.Message);
        return observation with { Memory = observation.Memory with { Failure = failure }, Now = now };
    }
}
