using CsCheck;
using UploadSessions.Grants;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>Generates grants and sessions from one small world, so that they often nearly fit.</summary>
internal static class GrantGen
{
    private const string KeyArn = "arn:aws:kms:eu-central-1:123456789012:key/";

    public static readonly string[] NamespaceNames = ["team-a", "team", "team-a-b", "b"];

    private static readonly Gen<IReadOnlyDictionary<string, string>?> Labels = SpecGen.Pick<IReadOnlyDictionary<string, string>?>(
        null, new Dictionary<string, string>(), new Dictionary<string, string> { ["tier"] = "gold" }, new Dictionary<string, string> { ["tier"] = "silver", ["x"] = "y" });

    private static readonly Gen<GrantNamespaces> Namespaces = SpecGen.Pick<GrantNamespaces>(
        new() { Names = ["team-a"] },
        new() { Names = ["team-a", "b"] },
        new() { Names = NamespaceNames },
        new() { Names = ["b"] },
        new(),
        new() { Selector = new() { MatchLabels = new Dictionary<string, string> { ["tier"] = "gold" } } },
        new() { Selector = new() { MatchExpressions = [new() { Key = "tier", Operator = "NotIn", Values = ["silver"] }] } },
        new() { Selector = new() });

    private static readonly Gen<string> GrantPrefix = SpecGen.Pick("", "exports/", "exports/2026/", "${namespace}/", "exports/${namespace}/", "team-a/", "a/");

    private static readonly Gen<GrantTarget> Target =
        from bucket in SpecGen.Pick("landing", "landing", "other")
        from prefix in GrantPrefix
        from access in Accesses(1)
        from keys in Gen.Int[0, 2]
        select new GrantTarget { Bucket = bucket, Prefix = prefix, Access = access, KmsKeyArns = keys == 0 ? null : [.. Enumerable.Range(1, keys).Select(i => KeyArn + i)] };

    private static readonly Gen<SessionConstraints?> Required = SpecGen.Pick<SessionConstraints?>(
        null,
        null,
        new() { RequireTls = true },
        new() { SourceIps = ["10.0.0.0/8"] },
        new() { SourceIps = ["10.0.0.0/16", "2001:db8::/32"], RequireTls = true },
        new() { VpcEndpoints = ["vpce-1", "vpce-2"] });

    private static readonly Gen<SessionConstraints?> Stated = SpecGen.Pick<SessionConstraints?>(
        null,
        null,
        new() { RequireTls = true },
        new() { RequireTls = false },
        new() { SourceIps = ["10.0.1.0/24"] },
        new() { SourceIps = ["10.0.1.0/24", "2001:db8:1::/48"] },
        new() { SourceIps = ["0.0.0.0/0"] },
        new() { VpcEndpoints = ["vpce-1"] },
        new() { VpcEndpoints = ["vpce-1", "vpce-3"] });

    private static readonly Gen<GrantSession?> Additions =
        from kind in Gen.Int[0, 3]
        from kubernetes in Gen.Bool
        from source in Gen.Bool
        from region in SpecGen.Pick<string?>(null, null, "eu-central-1", "us-east-1")
        from endpoint in SpecGen.Pick<string?>(null, null, null, "https://store.example")
        select kind == 0 ? null : new GrantSession
        {
            ExternalId = kind == 1 ? "external" : null,
            Tags = kind == 2 ? new Dictionary<string, string> { ["environment"] = "test" } : null,
            KubernetesTags = kubernetes,
            SourceIdentity = source,
            Region = region,
            S3Endpoint = endpoint,
            StsEndpoint = endpoint,
            TokenAudience = endpoint is null || source ? null : "store",
        };

    /// <summary>Valid most of the time.</summary>
    public static readonly Gen<UploadGrantSpec> Specs =
        from namespaces in Namespaces
        from roles in SpecGen.Pick<string[]>([Sessions.Role], ["arn:aws:iam::123456789012:role/*"], ["arn:aws:iam::123456789012:role/team-*", Sessions.Role], ["arn:aws:iam::210987654321:role/*"])
        from targets in Target.Array[1, 3]
        from maxDuration in SpecGen.Pick<string?>(null, null, null, "30m", "1h", "12h", "1d")
        from maxLifetime in SpecGen.Pick<string?>(null, null, null, "8h", "24h")
        from required in Required
        from tags in SpecGen.Pick<string[]?>(null, ["atlas"], ["atlas", "borealis"])
        from additions in Additions
        select new UploadGrantSpec
        {
            Namespaces = namespaces,
            RoleArns = roles,
            Targets = targets,
            MaxDuration = maxDuration,
            MaxLifetime = maxLifetime,
            RequireConstraints = required,
            AllowedSessionTags = tags is null ? null : new Dictionary<string, IReadOnlyList<string>> { ["project"] = tags },
            Session = additions,
        };

    /// <summary>Grants with names of their own, none a part of another.</summary>
    public static readonly Gen<UploadGrant[]> Grants = Specs.Array[0, 5].Select(specs => specs.Select((spec, i) => TestGrants.Named($"grant-{(char)('a' + i)}-", spec)).ToArray());

    public static readonly Gen<UploadSessionSpec> SessionSpecs =
        from role in SpecGen.Pick(Sessions.Role, Sessions.Role, "arn:aws:iam::123456789012:role/team-a", "arn:aws:iam::123456789012:role/p/x")
        from bucket in SpecGen.Pick("landing", "landing", "other", "third")
        from prefix in Gen.Select(SpecGen.Pick("", "exports/", "exports", "exports/2026/", "exports/team-a/", "team-a/", "team-a-b/", "team/", "a/", "${namespace}/"), SpecGen.KeyText, (start, rest) => start + rest)
        from access in Accesses(0)
        from key in SpecGen.Pick<string?>(null, null, KeyArn + "1", KeyArn + "3")
        from duration in SpecGen.Pick<string?>(null, null, "15m", "2h")
        from lifetime in SpecGen.Pick<string?>(null, "8h", "48h")
        from constraints in Stated
        from project in SpecGen.Pick<string?>(null, null, "atlas", "gemini")
        from region in SpecGen.Pick<string?>(null, null, "eu-central-1")
        select new UploadSessionSpec
        {
            RoleArn = role,
            Bucket = bucket,
            Prefix = prefix,
            Access = access.Length == 0 ? null : access,
            KmsKeyArn = key,
            Duration = duration,
            Lifetime = lifetime,
            Constraints = constraints,
            SessionTags = project is null ? null : new Dictionary<string, string> { ["project"] = project },
            Region = region,
        };

    public static readonly Gen<GrantQuery> Queries =
        from spec in SessionSpecs
        from ns in SpecGen.Pick(NamespaceNames)
        from labels in Labels
        select In(ns, spec, labels);

    public static GrantQuery In(string ns, UploadSessionSpec spec, IReadOnlyDictionary<string, string>? labels)
    {
        var session = Sessions.With(spec);
        return TestGrants.Query(session with { Metadata = session.Metadata with { Namespace = ns } }, labels);
    }

    /// <summary>The same session with another spec.</summary>
    public static GrantQuery With(this GrantQuery query, UploadSessionSpec spec) => In(query.Session.Metadata.Namespace, spec, query.NamespaceLabels);

    private static Gen<string[]> Accesses(int least) => Gen.Shuffle(SpecGen.AllAccess).SelectMany(all => Gen.Int[least, 8].Select(count => all.Take(count).ToArray()));
}
