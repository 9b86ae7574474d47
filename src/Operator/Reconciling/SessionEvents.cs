using ControllerRuntime.Connection;
using UploadSessions.Operator.Hosting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Reconciling;

/// <summary>Records Events. They are a courtesy to people: one that cannot be written is logged and holds nothing up.</summary>
public sealed class SessionEvents(KubernetesWriter kubernetes, EventBudget budget, OperatorIdentity identity, TimeProvider time, ILogger<SessionEvents> logger)
{
    /// <summary>Writes one Event about a session, unless it has had too many.</summary>
    public async Task RecordAsync(UploadSession session, SessionEvent sessionEvent, CancellationToken cancellationToken)
    {
        if (!budget.TryTake(session.Metadata.Uid))
            return;
        try
        {
            await kubernetes.CreateEventAsync(session.Metadata.Namespace, sessionEvent.Body(session, identity.Instance, time.GetUtcNow()), cancellationToken);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or IOException or TimeoutException)
        {
            logger.EventNotWritten(session.Metadata.Namespace, session.Metadata.Name, sessionEvent.Reason, exception.Message);
        }
    }
}
