using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace UploadSessions.Specification;

/// <summary>Tells whether credentials were issued from the same inputs. It is taken over what the terms mean, not over the rendered policy: a release that only renders differently must not re-issue every session.</summary>
public static class InputHash
{
    // Changed only together with the meaning of a field: it re-issues every session.
    private const string Scheme = "uploadsession.io/inputs/1";

    /// <summary>SHA-256 in lower-case hex over everything that STS or the Secret would see: role, session name, target, access, key, constraints, duration, end, tags, region, endpoints, external id and identity. What only a grant can set counts where it is set. Not over renewBefore, suspend and secretName, which change when or where and not what, nor over the audience of tokens, which only proves an identity.</summary>
    public static string Of(SessionTerms terms, string roleSessionName)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, values) in Fields(terms, roleSessionName))
        {
            Append(hash, name);
            Append(hash, values.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var value in values)
                Append(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> Fields(SessionTerms terms, string roleSessionName) =>
    [
        ("scheme", [Scheme]),
        ("role", [terms.Role.Value]),
        ("roleSessionName", [roleSessionName]),
        ("bucket", [terms.Bucket.Value]),
        ("prefix", [terms.Prefix]),
        ("access", [Number((int)terms.Access)]),
        ("kmsKey", Optional(terms.KmsKey?.Value)),
        ("sourceIps", terms.SourceIps),
        ("vpcEndpoints", terms.VpcEndpoints),
        ("requireTls", [terms.RequireTls ? "true" : "false"]),
        ("duration", [Number((long)terms.Duration.TotalSeconds)]),
        ("end", Optional(terms.End is { } end ? Number(end.ToUnixTimeSeconds()) : null)),
        ("sessionTags", [.. terms.SessionTags.SelectMany(tag => new[] { tag.Key, tag.Value })]),
        ("region", [terms.Region]),
        ("s3Endpoint", Optional(terms.S3Endpoint?.OriginalString)),
        ("serviceAccount", Optional(terms.ServiceAccount?.Name)),
        .. WhereSet("stsEndpoint", terms.StsEndpoint?.OriginalString),
        .. WhereSet("externalId", terms.ExternalId),
        .. WhereSet("sourceIdentity", terms.SourceIdentity),
    ];

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> WhereSet(string name, string? value) =>
        value is null ? [] : [(name, [value])];

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Optional(string? value) => value is null ? [] : [value];

    /// <summary>Length first: no two lists of values share an encoding.</summary>
    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
