using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Planning;

/// <summary>What the annotations of our Secret say of the credentials in it. They are the truth that a restart works from, and are not trusted blindly.</summary>
/// <param name="AccessKeyId">The access key id.</param>
/// <param name="IssuedAt">When STS issued them.</param>
/// <param name="ExpiresAt">When they expire.</param>
/// <param name="InputHash">The hash of the inputs they were issued from.</param>
/// <param name="HandledRenewRequest">The last renew request carried out; null if none was.</param>
/// <param name="SpecHash">The hash of what the session itself asked for; null where it is that of the inputs, since no grant added anything.</param>
public sealed record CredentialFacts(string AccessKeyId, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string InputHash, string? HandledRenewRequest, string? SpecHash = null)
{
    /// <summary>The longest life STS gives (AWS STS API Reference, "AssumeRole": DurationSeconds).</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    /// <summary>Clocks of two operator replicas may differ by this much before an issue time counts as forged.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(1);

    /// <summary>The longest life that credentials issued from these terms are recorded with.</summary>
    public static TimeSpan LongestLifeOf(SessionTerms terms) => terms.Duration + ClockTolerance;

    private const int LongestAccessKeyId = 128;

    /// <summary>Whether it can be the id of an access key: 1 to 128 visible ASCII characters (AWS STS API Reference, "Credentials", has letters and digits; stores have their own ways).</summary>
    public static bool IsAccessKeyId(string text) => text.Length is > 0 and <= LongestAccessKeyId && text.All(c => c is > ' ' and <= '~');

    /// <summary>Tells these facts from all others: the first 128 bits of SHA-256 over them, each text with its length before it.</summary>
    public UInt128 Digest()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{IssuedAt.UtcTicks};{ExpiresAt.UtcTicks};{Delimited(AccessKeyId)}{Delimited(InputHash)}{Delimited(HandledRenewRequest)}{Delimited(SpecHash)}");
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Delimited(string? text) => text is null ? ";" : string.Create(CultureInfo.InvariantCulture, $"{text.Length};{text}");

    /// <summary>The annotations to write.</summary>
    public IReadOnlyDictionary<string, string> ToAnnotations()
    {
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Annotations.AccessKeyId] = AccessKeyId,
            [Annotations.ExpiresAt] = Rfc3339.Format(ExpiresAt),
            [Annotations.InputHash] = InputHash,
            [Annotations.IssuedAt] = Rfc3339.Format(IssuedAt),
        };
        if (HandledRenewRequest is not null)
            annotations[Annotations.HandledRenewRequest] = HandledRenewRequest;
        if (SpecHash is not null)
            annotations[Annotations.SpecHash] = SpecHash;
        return annotations;
    }

    /// <summary>Reads the annotations.</summary>
    /// <returns>The facts, or null where an annotation is missing, unreadable or implausible: then the Secret must be issued anew.</returns>
    public static CredentialFacts? Read(IReadOnlyDictionary<string, string> annotations, DateTimeOffset now)
    {
        if (!annotations.TryGetValue(Annotations.AccessKeyId, out var accessKeyId)
            || !annotations.TryGetValue(Annotations.InputHash, out var inputHash)
            || ReadTime(annotations, Annotations.IssuedAt) is not { } issuedAt
            || ReadTime(annotations, Annotations.ExpiresAt) is not { } expiresAt)
            return null;

        var plausible = issuedAt <= now + ClockTolerance && expiresAt > issuedAt && expiresAt - issuedAt <= LongestLife + ClockTolerance
            && IsAccessKeyId(accessKeyId);
        return plausible ? new(accessKeyId, issuedAt, expiresAt, inputHash, annotations.GetValueOrDefault(Annotations.HandledRenewRequest), annotations.GetValueOrDefault(Annotations.SpecHash)) : null;
    }

    /// <summary>A fraction of a second is not ours, and would be lost in the status: it would never read as it should.</summary>
    private static DateTimeOffset? ReadTime(IReadOnlyDictionary<string, string> annotations, string name) =>
        Rfc3339.TryParse(annotations.GetValueOrDefault(name), out var time) && time == Rfc3339.WholeSeconds(time) ? time : null;
}
