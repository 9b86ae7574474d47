namespace UploadSessions.Resources;

/// <summary>A request for scoped, short-lived upload credentials: <c>uploadsession.io/v1alpha1</c>, kind <c>UploadSession</c>.</summary>
public sealed record UploadSession
{
    /// <summary>The API group.</summary>
    public const string Group = "uploadsession.io";

    /// <summary>The API version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>The kind.</summary>
    public const string KindName = "UploadSession";

    /// <summary>The plural in URLs.</summary>
    public const string Plural = "uploadsessions";

    /// <summary>Name, namespace, uid and the like.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What is asked for.</summary>
    public UploadSessionSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What the operator found and did; null before the first reconcile.</summary>
    public UploadSessionStatus? Status { get; init; }
}
