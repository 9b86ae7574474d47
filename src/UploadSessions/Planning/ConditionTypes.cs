namespace UploadSessions.Planning;

/// <summary>The condition types of an UploadSession (kstatus: Reconciling and Stalled are absent rather than False).</summary>
public static class ConditionTypes
{
    /// <summary>The Secret's credentials are those of the current spec and have not expired.</summary>
    public const string Ready = "Ready";

    /// <summary>The operator works on it.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Only a person can help.</summary>
    public const string Stalled = "Stalled";

    /// <summary>The credentials still work and could not be renewed; the reason is the error code.</summary>
    public const string RenewalFailing = "RenewalFailing";
}
