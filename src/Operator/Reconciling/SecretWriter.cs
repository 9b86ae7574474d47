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
    /// with the same credentials in hand. Where it holds others by then, another leader has written them, perhaps for a newer spec: they stay.
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
                return new(observed, Error: null, IsWritten: false);

            using var ticket = caches.BeginSecret(new(ns, name));
            try
            {
                var written = await kubernetes.ApplySecretAsync(ns, name, SecretApply.Body(session, name, observed, facts, data), cancellationToken);
                if (written is not null)
                {
                    ticket.Complete(written);
                    return new(written, Error: null, IsWritten: true);
                }
            }
            catch (ApiException refused) when (observed is not null && SecretRefusal.MeansImmutable(refused))
            {
                if (observed.Metadata.DeletionTimestamp is not null)
                    return Failed("SecretWriteRefused", $"the Secret {ns}/{name} is immutable, and a finalizer keeps it from being deleted");
                await ReplaceAsync(session, observed, cancellationToken);
            }
            catch (ApiException refused) when (refused.StatusCode is 400 or 403 or 404 or 413 or 422 && MissingRight.Of(refused) is null)
            {
                return Failed("SecretWriteRefused", $"the API server refused the Secret: {refused.Message}");
            }

            var fresh = await kubernetes.GetSecretAsync(ns, name, cancellationToken);
            if (fresh?.AccessKeyId is { } key && key != observed?.AccessKeyId)
                return new(fresh, Error: null, IsWritten: false);
            observed = fresh;
        }

        return Failed("SecretWriteConflict", $"the Secret {ns}/{name} changed {MostAttempts} times while it was being written");
    }

    private static SecretWriteResult Failed(string code, string message) => new(null, new(Reasons.Pending, FailureKind.Transient, code, message), IsWritten: false);

    private async Task ReplaceAsync(UploadSession session, SecretMetadata observed, CancellationToken cancellationToken)
    {
        if (await kubernetes.DeleteSecretAsync(observed, cancellationToken))
            await events.RecordAsync(session, new("SecretReplaced", "Replace", $"the Secret {observed.Metadata.Name} was immutable: it was deleted, to be created anew", IsWarning: true), cancellationToken);
    }
}

/// <summary>What came of a write: <see cref="Secret"/> is what stands now, unless there is an error.</summary>
/// <param name="Secret">The Secret as it stands.</param>
/// <param name="Error">Why nothing could be written.</param>
/// <param name="IsWritten">Whether it is what was to be written; if not, it is somebody else's, or has somebody else's credentials, and was left alone.</param>
public readonly record struct SecretWriteResult(SecretMetadata? Secret, IssuanceError? Error, bool IsWritten);
