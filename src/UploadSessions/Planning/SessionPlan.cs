using UploadSessions.Resources;

namespace UploadSessions.Planning;

/// <summary>What to do for a session now.</summary>
public abstract record SessionPlan
{
    private SessionPlan()
    {
    }

    /// <summary>The session is being deleted and garbage collection removes its Secret, or its namespace is, and its Secret has gone already.</summary>
    public sealed record Leave : SessionPlan;

    /// <summary>Nothing to issue; show this status and look again at that time.</summary>
    /// <param name="Status">The status as it should be.</param>
    /// <param name="WakeAt">When to look again; null: at the next change.</param>
    /// <param name="Failing">Whether the wake-up is a retry of something that failed.</param>
    public sealed record Keep(UploadSessionStatus Status, DateTimeOffset? WakeAt, bool Failing = false) : SessionPlan
    {
        /// <summary>Secrets of this session to delete before the status is shown.</summary>
        public IReadOnlyList<SecretMetadata> Obsolete { get; init; } = [];

        /// <summary>Whether the Secrets go for want of a grant: only while the API server does serve grants.</summary>
        public bool IsWithdrawal { get; init; }
    }

    /// <summary>Issue credentials.</summary>
    /// <param name="Request">What to ask for.</param>
    public sealed record Issue(IssuanceRequest Request) : SessionPlan;
}
