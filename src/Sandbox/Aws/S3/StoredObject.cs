namespace Sandbox.Aws.S3;

/// <summary>An object in a bucket.</summary>
public sealed record StoredObject
{
    /// <summary>The key.</summary>
    public required string Key { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The MD5 of the bytes in quotes, or <c>"MD5-PARTS"</c> of a multipart upload.</summary>
    public required string ETag { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>Content-Type, x-amz-meta-*, checksums and the like: what a GET gives back.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Tagging, acl, retention and legal-hold documents by the name of their subresource, as they were put.</summary>
    public IReadOnlyDictionary<string, string> Subresources { get; init; } = new Dictionary<string, string>();
}
