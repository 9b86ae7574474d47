namespace UploadSessions.Resources;

/// <summary>A status condition (Kubernetes API Conventions, "Typical status properties").</summary>
public sealed record Condition
{
    /// <summary>Ready, Stalled, Reconciling or RenewalFailing.</summary>
    public string Type { get; init => field = value ?? ""; } = "";

    /// <summary>True, False or Unknown.</summary>
    public string Status { get; init => field = value ?? ""; } = "";

    /// <summary>A word for machines.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>A sentence for people.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>The generation the condition speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> last changed.</summary>
    public DateTimeOffset LastTransitionTime { get; init; }
}
