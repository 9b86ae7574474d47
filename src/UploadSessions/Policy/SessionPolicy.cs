namespace UploadSessions.Policy;

/// <summary>A rendered session policy.</summary>
/// <param name="Json">The minified policy document: the same terms give the same bytes.</param>
/// <param name="Sha256">SHA-256 of its UTF-8 bytes, lower-case hex.</param>
public sealed record SessionPolicy(string Json, string Sha256)
{
    /// <summary>The limit of STS on the plaintext of a session policy, in characters (AWS STS API Reference, "AssumeRole").</summary>
    public const int MaxLength = 2048;

    /// <summary>Whether STS would refuse it for its size.</summary>
    public bool IsTooLarge => Json.Length > MaxLength;
}
