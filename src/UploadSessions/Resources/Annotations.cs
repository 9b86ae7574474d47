namespace UploadSessions.Resources;

/// <summary>The labels and annotations that this operator reads and writes.</summary>
public static class Annotations
{
    /// <summary>The prefix of all of them.</summary>
    public const string Prefix = "uploadsession.io/";

    /// <summary>Set by a person on an UploadSession: an opaque token; a new value renews the credentials once.</summary>
    public const string RenewRequest = Prefix + "renew-request";

    /// <summary>Set by a person on a ServiceAccount, to <c>true</c>: UploadSessions of its namespace may use its identity.</summary>
    public const string Allow = Prefix + "allow";

    /// <summary>On the Secret: when STS issued the credentials (RFC 3339, whole seconds, UTC).</summary>
    public const string IssuedAt = Prefix + "issued-at";

    /// <summary>On the Secret: when the credentials expire (RFC 3339, whole seconds, UTC).</summary>
    public const string ExpiresAt = Prefix + "expires-at";

    /// <summary>On the Secret: the access key id, which is an identifier and no secret.</summary>
    public const string AccessKeyId = Prefix + "access-key-id";

    /// <summary>On the Secret: the hash of the semantic inputs the credentials were issued from.</summary>
    public const string InputHash = Prefix + "input-hash";

    /// <summary>On the Secret: the same hash over what the session itself asks for; absent where its grant added nothing.</summary>
    public const string SpecHash = Prefix + "spec-hash";

    /// <summary>On the Secret: the last renew request that was carried out.</summary>
    public const string HandledRenewRequest = Prefix + "handled-renew-request";

    /// <summary>All that are read.</summary>
    internal static IReadOnlyList<string> Names { get; } = [IssuedAt, ExpiresAt, AccessKeyId, InputHash, SpecHash, HandledRenewRequest, RenewRequest, Allow];

    /// <summary>The most characters of a value: a longer renew request is known by its hash, SHA-256 in lower-case hexadecimal, any other value not at all.</summary>
    internal const int LongestValue = 253;

    /// <summary>Label on every Secret of ours; the Secret watch selects on it.</summary>
    public const string ManagedLabel = Prefix + "managed";

    /// <summary>The field manager of every apply of ours.</summary>
    public const string FieldManager = "upload-session-operator";
}
