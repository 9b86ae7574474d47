namespace UploadSessions.Resources;

/// <summary>A ServiceAccount as this operator sees it: PartialObjectMetadata, of which only the opt-in matters.</summary>
public sealed record ServiceAccountMetadata
{
    /// <summary>The metadata.</summary>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>Whether whoever owns it lets sessions use its identity.</summary>
    public bool AllowsSessions => Metadata.Annotations.GetValueOrDefault(Annotations.Allow) == "true";
}
