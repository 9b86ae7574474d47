using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Which events a change of status is worth: one where a reason changes, none for a first issuance or a normal rotation.</summary>
public static class StatusEvents
{
    /// <summary>The events, most often none.</summary>
    public static IEnumerable<SessionEvent> Between(UploadSessionStatus? before, UploadSessionStatus after)
    {
        var was = before?.Find(ConditionTypes.Ready);
        var ready = after.Find(ConditionTypes.Ready);
        if (ready is not null && ready.Reason != was?.Reason && (was is not null || ready.Reason != Reasons.Issued))
            yield return new(ready.Reason, ActionOf(ready.Reason), ready.Message, ready.Reason is not (Reasons.Issued or Reasons.Suspended or Reasons.Ended or Reasons.Pending));

        var failing = after.Find(ConditionTypes.RenewalFailing);
        if (failing is not null && failing.Reason != before?.Find(ConditionTypes.RenewalFailing)?.Reason)
            yield return new(ConditionTypes.RenewalFailing, "Renew", failing.Message, IsWarning: true);
    }

    private static string ActionOf(string reason) => reason switch
    {
        Reasons.InvalidSpec or Reasons.PolicyTooLarge => "Validate",
        Reasons.NotGranted => "Authorize",
        Reasons.Suspended => "Suspend",
        Reasons.Ended => "End",
        _ => "Issue",
    };
}
