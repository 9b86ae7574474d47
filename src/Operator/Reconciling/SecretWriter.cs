using ControllerRuntime.Connection;
using UploadSessions.Credentials;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Writes issued credentials into the session's Secret, and never into anybody else's.</summary>
public sealed class SecretWriter(KubernetesWriter kubernetes, SessionCaches caches, SessionEvents events)
{
    private const int MostAttempts = 4;

    /// <summary>
    /// Applies the Secret under the preconditions of what was observed. Where they fail, reads again and decides again
    /// with the same credentials in hand.
    /// </summary>
    /// <exception cref="ApiException">The API server cannot be asked now; the credentials in hand are to be kept for the next try.</exception>
    public async Task<SecretWriteResult> WriteAsync(UploadSession session, SecretMetadata? observed, IssuanceRequest request, IssuedCredentials credentials, CancellationToken cancellationToken)
    {
        var name = request.Terms.SecretName;
        var ns = session.Metadata.Namespace;
        var facts = request.FactsOf(credentials);
        var data = SecretContent.Build(credentials, request.Terms);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            if (observed.OwnershipFor(session) == SecretOwnership.Foreign)
                return new(observed, Error: null);

            var ticket = caches.BeginSecret(new(ns, name));
            try
            {
                var written = await kubernetes.ApplySecretAsync(ns, name, SecretApply.Body(session, name, observed, facts, data), cancellationToken);
                if (written is not null)
                {
                    ticket.Complete(written);
                    return new(written, Error: null);
                }
            }
            catch (ApiException refused) when (observed is not null && SecretRefusal.MeansImmutable(refused))
            {
                await ReplaceAsync(session, observed, cancellationToken);
            }
            catch (ApiException refused) when (refused.StatusCode is 400 or 403 or 404 or 413 or 422)
            {
                return new(null, new(Reasons.Pending, FailureKind.Transient, "SecretWriteRefused", $"the API server refused the Secret: {refused.Message}"));
            }

            observed = await kubernetes.GetSecretAsync(ns, name, cancellationToken);
        }

        return new(null, new(Reasons.Pending, FailureKind.Transient, "SecretWriteConflict", $"the Secret {ns}/{name} changed {MostAttempts} times while it was being written"));
    }

    private async Task ReplaceAsync(UploadSession session, SecretMetadata observed, CancellationToken cancellationToken)
    {
        if (await kubernetes.DeleteSecretAsync(observed, cancellationToken))
            await events.RecordAsync(session, new("SecretReplaced", "Replace", $"the Secret {observed.Metadata.Name} was immutable: it was deleted and created anew", IsWarning: true), cancellationToken);
    }
}

/// <summary>What came of a write: <see cref="Secret"/> is what stands now (ours, or a foreign one that was left alone), unless there is an error.</summary>
/// <param name="Secret">The Secret as it stands.</param>
/// <param name="Error">Why nothing could be written.</param>
public readonly record struct SecretWriteResult(SecretMetadata? Secret, IssuanceError? Error);
