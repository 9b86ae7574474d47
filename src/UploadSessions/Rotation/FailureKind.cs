namespace UploadSessions.Rotation;

/// <summary>What a failed issuance calls for.</summary>
public enum FailureKind
{
    /// <summary>The server or the network (5xx, timeouts, sockets), or STS asks for fewer requests. Try again soon, with growing distance.</summary>
    Transient,

    /// <summary>AccessDenied or NoSuchEntity: perhaps a role or trust policy that IAM has not spread yet.</summary>
    Propagation,

    /// <summary>Only a person can help, but perhaps outside the session (the role's maximum duration, a region switched on): look again from time to time.</summary>
    SlowRecheck,

    /// <summary>Only a change of the spec can help.</summary>
    Terminal,
}
