using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Telemetry;

/// <summary>How a session fares by its status and by the clock: where a status cannot be written, what it says grows old.</summary>
internal static class SessionHealth
{
    /// <summary>The reason where the status says Ready, and the credentials it tells of have expired.</summary>
    public const string Expired = "Expired";

    /// <summary>The reason where a renewal was due <see cref="Patience"/> ago, and the status tells neither of new credentials nor of a failure.</summary>
    public const string Overdue = "Overdue";

    /// <summary>How long a renewal may be late before that is told. Those of a busy operator are late by seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The status of Ready, <c>True</c>, <c>False</c> or <c>Unknown</c>, and its reason.</summary>
    public static (string Status, string Reason) Ready(UploadSessionStatus? status, DateTimeOffset now) => status?.Find(ConditionTypes.Ready) switch
    {
        null => ("Unknown", Reasons.Pending),
        { Status: "True" } when status?.ExpiresAt <= now => ("False", Expired),
        var ready => (ready.Status, ready.Reason),
    };

    /// <summary>
    /// Why the credentials are not renewed: an error code, a reason of Ready, or <see cref="Overdue"/>; null where they are.
    /// A session that is suspended, over or not granted any more loses its credentials because somebody wanted it: that is no failure.
    /// </summary>
    public static string? RenewalFailure(UploadSessionStatus? status, DateTimeOffset now) =>
        status?.Find(ConditionTypes.RenewalFailing) is { Status: "True" } failing ? failing.Reason
        : status?.Find(ConditionTypes.Ready) is { Status: "False", Reason: not (Reasons.Suspended or Reasons.Ended or Reasons.NotGranted) } ready ? ready.Reason
        : status?.RenewAt <= now - Patience ? Overdue
        : null;
}
