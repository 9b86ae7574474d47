using CsCheck;
using UploadSessions.Resources;

namespace UploadSessions.Tests;

/// <summary>Generates specs: valid ones for properties of policies, and any text for the reader.</summary>
internal static class SpecGen
{
    public static readonly string[] AllAccess = ["Put", "Upload", "Download", "List", "Delete", "Tag", "Acl", "Retain"];

    private static readonly Gen<SessionConstraints?> Constraints =
        from kind in Gen.Int[0, 3]
        from tls in Gen.Bool
        select kind switch
        {
            0 => null,
            1 => new SessionConstraints { RequireTls = tls },
            2 => new SessionConstraints { SourceIps = ["203.0.113.0/24", "2001:db8::/32"], RequireTls = tls },
            _ => new SessionConstraints { VpcEndpoints = ["vpce-1", "vpce-2"], RequireTls = tls },
        };

    /// <summary>Null, any UTF-16 (halves of surrogate pairs too), or something close to a valid value.</summary>
    private static readonly Gen<string?> Text = Gen.OneOf(
        Pick<string?>(null, null),
        Gen.String.Select(text => (string?)text),
        Gen.Char.Array[0, 40].Select(chars => (string?)new string(chars)),
        Pick("arn:", "arn:aws:iam::123456789012:role/", "arn:aws:s3:x", "h", "99999999999999999999h", "1h", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1.2.3.4/", "::/0", "/", "vpce-").Select(Gen.String, (start, rest) => (string?)(start + rest)));

    /// <summary>Whole characters that have a meaning somewhere on the way: to IAM, JSON, URLs, or people.</summary>
    public static readonly Gen<string> KeyText = Pick("*", "?", "$", "{", "}", "${*}", "${aws:username}", "/", "..", ".", "a", "b", "A", "é", "日", "😀", "\"", "\\", "'", " ", ":", "%2F", "\\u002A").Array[0, 8].Select(string.Concat);

    public static readonly Gen<UploadSessionSpec> Valid =
        from partition in Pick("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b")
        from bucket in Pick("landing", "a.b-c", "ACCESSPOINT")
        from prefix in KeyText
        from access in Gen.Shuffle(AllAccess).SelectMany(all => Gen.Int[1, 8].Select(count => all.Take(count).ToArray()))
        from kms in Gen.Bool
        from constraints in Constraints
        from endsAt in Pick<string?>(null, "2026-12-01T00:00:00Z")
        from duration in Pick<string?>(null, "15m", "12h")
        select new UploadSessionSpec
        {
            RoleArn = $"arn:{partition}:iam::123456789012:role/uploads",
            Bucket = bucket == "ACCESSPOINT" ? $"arn:{partition}:s3:eu-west-1:123456789012:accesspoint/inbox" : bucket,
            Prefix = prefix,
            Access = access,
            KmsKeyArn = kms ? $"arn:{partition}:kms:eu-west-1:123456789012:key/1234abcd" : null,
            Constraints = constraints,
            EndsAt = endsAt,
            Duration = duration,
        };

    public static readonly Gen<UploadSessionSpec> Arbitrary =
        from texts in Text.Array[10]
        from access in Text.Array[0, 10]
        from ips in Text.Array[0, 20]
        from endpoints in Text.Array[0, 3]
        from tags in Gen.Dictionary(Gen.String, Text)[0, 60]
        select new UploadSessionSpec
        {
            RoleArn = texts[0],
            Bucket = texts[1],
            Prefix = texts[2],
            KmsKeyArn = texts[3],
            ServiceAccountName = texts[4],
            Duration = texts[5],
            RenewBefore = texts[6],
            EndsAt = texts[7],
            Lifetime = texts[8],
            Region = texts[9],
            SecretName = texts[0],
            Access = access!,
            Constraints = new SessionConstraints { SourceIps = ips!, VpcEndpoints = endpoints! },
            SessionTags = tags!,
        };

    public static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
