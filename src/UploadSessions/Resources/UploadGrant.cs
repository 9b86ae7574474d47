namespace UploadSessions.Resources;

/// <summary>What the sessions of some namespaces may ask for: <c>uploadsession.io/v1alpha1</c>, kind <c>UploadGrant</c>, cluster-scoped. It has no status.</summary>
public sealed record UploadGrant
{
    /// <summary>The kind.</summary>
    public const string KindName = "UploadGrant";

    /// <summary>The plural in URLs.</summary>
    public const string Plural = "uploadgrants";

    /// <summary>Name, uid and the like.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What is allowed.</summary>
    public UploadGrantSpec Spec { get; init => field = value ?? new(); } = new();
}
