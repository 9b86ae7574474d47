namespace UploadSessions.Resources;

/// <summary>Where and how the credentials may be used.</summary>
public sealed record SessionConstraints
{
    /// <summary>CIDRs (condition <c>aws:SourceIp</c>). Excludes <see cref="VpcEndpoints"/>.</summary>
    public IReadOnlyList<string>? SourceIps { get; init; }

    /// <summary>VPC endpoint ids (condition <c>aws:SourceVpce</c>).</summary>
    public IReadOnlyList<string>? VpcEndpoints { get; init; }

    /// <summary>True: only over TLS (condition <c>aws:SecureTransport</c>).</summary>
    public bool? RequireTls { get; init; }
}
