using System.Buffers;
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

    // A session without lists, and room for the reserve of its last text.
    private const int LikelySize = 1024;

    /// <summary>SHA-256 in lower-case hex over everything that STS or the Secret would see: role, session name, target, access, key, constraints, duration, end, tags, region, endpoints, external id and identity. What only a grant can set counts where it is set. Not over renewBefore, suspend and secretName, which change when or where and not what, nor over the audience of tokens, which only proves an identity.</summary>
    public static string Of(SessionTerms terms, string roleSessionName)
    {
        var fields = new ArrayBufferWriter<byte>(LikelySize);
        Append(fields, "scheme", Scheme);
        Append(fields, "role", terms.Role.Value);
        Append(fields, "roleSessionName", roleSessionName);
        Append(fields, "bucket", terms.Bucket.Value);
        Append(fields, "prefix", terms.Prefix);
        Append(fields, "access", Number((int)terms.Access));
        Append(fields, "kmsKey", Optional(terms.KmsKey?.Value));
        Append(fields, "sourceIps", [.. terms.SourceIps]);
        Append(fields, "vpcEndpoints", [.. terms.VpcEndpoints]);
        Append(fields, "requireTls", terms.RequireTls ? "true" : "false");
        Append(fields, "duration", Number((long)terms.Duration.TotalSeconds));
        Append(fields, "end", Optional(terms.End is { } end ? Number(end.ToUnixTimeSeconds()) : null));
        Append(fields, "sessionTags", [.. terms.SessionTags.SelectMany(tag => new[] { tag.Key, tag.Value })]);
        Append(fields, "region", terms.Region);
        Append(fields, "s3Endpoint", Optional(terms.S3Endpoint?.OriginalString));
        Append(fields, "serviceAccount", Optional(terms.ServiceAccount?.Name));
        AppendWhereSet(fields, "stsEndpoint", terms.StsEndpoint?.OriginalString);
        AppendWhereSet(fields, "externalId", terms.ExternalId);
        AppendWhereSet(fields, "sourceIdentity", terms.SourceIdentity);
        return Convert.ToHexStringLower(SHA256.HashData(fields.WrittenSpan));
    }

    private static void AppendWhereSet(ArrayBufferWriter<byte> fields, string name, string? value)
    {
        if (value is not null)
            Append(fields, name, value);
    }

    /// <summary>How many values there are comes before them: no two lists of values share an encoding.</summary>
    private static void Append(ArrayBufferWriter<byte> fields, string name, params ReadOnlySpan<string> values)
    {
        Append(fields, name);
        Append(fields, Number(values.Length));
        foreach (var value in values)
            Append(fields, value);
    }

    /// <summary>Length first.</summary>
    private static void Append(ArrayBufferWriter<byte> fields, string text)
    {
        var target = fields.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text.Length));
        var length = Encoding.UTF8.GetBytes(text, target[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        fields.Advance(sizeof(int) + length);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string[] Optional(string? value) => value is null ? [] : [value];
}
