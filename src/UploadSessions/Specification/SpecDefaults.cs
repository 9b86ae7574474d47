namespace UploadSessions.Specification;

/// <summary>What the operator's own options contribute to every session.</summary>
/// <param name="Region">Used where a session names none.</param>
/// <param name="S3Endpoint">The S3-compatible endpoint; null: AWS.</param>
/// <param name="StsEndpoint">The STS endpoint; null: AWS's regional one.</param>
/// <param name="TokenAudience">The audience of ServiceAccount tokens for that STS; null: sessions cannot use the identity of a ServiceAccount.</param>
public sealed record SpecDefaults(string Region, Uri? S3Endpoint = null, Uri? StsEndpoint = null, string? TokenAudience = null)
{
    /// <summary>Whether the session's store is not AWS: policy variables cannot be used there (Ceph and MinIO expand them wrongly).</summary>
    public bool IsCustomStore => S3Endpoint is not null || StsEndpoint is not null;
}
