namespace UploadSessions.Planning;

/// <summary>The reasons of the Ready condition.</summary>
public static class Reasons
{
    /// <summary>The Secret holds valid credentials for the current spec.</summary>
    public const string Issued = "Issued";

    /// <summary>Nothing valid yet; the operator is about to act.</summary>
    public const string Pending = "Pending";

    /// <summary>STS throttles; the operator retries.</summary>
    public const string Throttled = "Throttled";

    /// <summary>STS cannot be reached or fails; the operator retries.</summary>
    public const string StsUnavailable = "StsUnavailable";

    /// <summary>The spec must be changed.</summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>No grant allows the session.</summary>
    public const string NotGranted = "NotGranted";

    /// <summary>The grants cannot be read: a code of RenewalFailing, and never a reason of Ready.</summary>
    public const string GrantsUnknown = "GrantsUnknown";

    /// <summary>STS refuses: role, trust policy or region must be changed.</summary>
    public const string AssumeRoleDenied = "AssumeRoleDenied";

    /// <summary>The session policy exceeds a limit of STS.</summary>
    public const string PolicyTooLarge = "PolicyTooLarge";

    /// <summary>A Secret of that name exists and is not this session's.</summary>
    public const string SecretConflict = "SecretConflict";

    /// <summary>Renewals are stopped by <c>spec.suspend</c>.</summary>
    public const string Suspended = "Suspended";

    /// <summary>The session is over.</summary>
    public const string Ended = "Ended";

    /// <summary>The Secret still holds credentials of an older spec.</summary>
    public const string Outdated = "Outdated";
}
