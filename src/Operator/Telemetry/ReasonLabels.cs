using UploadSessions.Planning;

namespace UploadSessions.Operator.Telemetry;

/// <summary>
/// Reasons of conditions as labels of metrics. Whoever may write a status can make up any number of them, and OpenTelemetry keeps 2,000 series of a metric
/// in the life of a process: after that nobody's would be told any more. Thread-safe.
/// </summary>
internal sealed class ReasonLabels
{
    /// <summary>What stands for all that were left out.</summary>
    public const string Other = "Other";

    private const int MostUnlisted = 32;

    private static readonly HashSet<string> OfReady =
    [
        Reasons.Issued, Reasons.Pending, Reasons.Throttled, Reasons.StsUnavailable, Reasons.InvalidSpec, Reasons.NotGranted, Reasons.AssumeRoleDenied, Reasons.PolicyTooLarge,
        Reasons.SecretConflict, Reasons.Suspended, Reasons.Ended, Reasons.Outdated, SessionHealth.Expired,
    ];

    /// <summary>The error codes to be expected; an STS may have others.</summary>
    private static readonly HashSet<string> Codes =
    [
        .. OfReady, SessionHealth.Overdue, Reasons.GrantsUnknown, "AccessDenied", "ApiServerFailed", "ClockSkew", "ConnectionFailed", "ExpiredToken", "IDPCommunicationError", "IDPRejectedClaim",
        "IncompleteAnswer", "InternalFailure", "InvalidClientTokenId", "InvalidIdentityToken", "IssuanceFailed", "MalformedPolicyDocument", "NoCredentials", "NoSuchEntity", "PackedPolicyTooLarge",
        "RegionDisabledException", "SecretWriteConflict", "SecretWriteRefused", "ServiceAccountForbidden", "ServiceAccountNotAllowed", "ServiceAccountNotFound", "SignatureDoesNotMatch",
        "StsError", "Throttling", "Timeout", "TokenRequestRefused", "UnknownRegion", "ValidationError",
    ];

    private readonly Lock _lock = new();
    private readonly HashSet<string> _unlisted = [];

    /// <summary>The label for the status and the reason of Ready.</summary>
    public static (string Status, string Reason) Ready((string Status, string Reason) ready) =>
        (ready.Status is "True" or "False" ? ready.Status : "Unknown", OfReady.Contains(ready.Reason) ? ready.Reason : Other);

    /// <summary>The label for the reason of a failing renewal.</summary>
    public string Failure(string reason)
    {
        lock (_lock)
            return Codes.Contains(reason) || _unlisted.Contains(reason) || (_unlisted.Count < MostUnlisted && _unlisted.Add(reason)) ? reason : Other;
    }
}
