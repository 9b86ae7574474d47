namespace Sandbox.Aws.S3;

/// <summary>An upload in parts that was neither completed nor aborted.</summary>
/// <param name="Id">The upload's id.</param>
/// <param name="Key">The key that it will have.</param>
/// <param name="Initiated">When it was begun.</param>
/// <param name="Headers">What the finished object's GET gives back.</param>
/// <param name="Subresources">See <see cref="StoredObject.Subresources"/>.</param>
internal sealed record MultipartUpload(
    string Id, string Key, DateTimeOffset Initiated, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Subresources)
{
    /// <summary>The parts so far, by number.</summary>
    public SortedDictionary<int, UploadedPart> Parts { get; } = [];
}

/// <summary>One part.</summary>
internal sealed record UploadedPart(int Number, ReadOnlyMemory<byte> Content, string ETag, DateTimeOffset LastModified);
