using CsCheck;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests.Policy;

/// <summary>What holds for the policy of every valid spec.</summary>
public sealed class PolicyProperties
{
    private static readonly Dictionary<string, string[]> Actions = new()
    {
        ["Put"] = ["s3:PutObject"],
        ["Upload"] = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        ["Download"] = ["s3:GetObject"],
        ["List"] = ["s3:ListBucket"],
        ["Delete"] = ["s3:DeleteObject"],
        ["Tag"] = ["s3:PutObjectTagging"],
        ["Acl"] = ["s3:PutObjectAcl"],
        ["Retain"] = ["s3:PutObjectRetention", "s3:PutObjectLegalHold"],
    };

    private static readonly string[] AllActions =
    [
        .. Actions.Values.SelectMany(actions => actions).Distinct(),
        "s3:GetObjectVersion", "s3:DeleteObjectVersion", "s3:PutBucketPolicy", "s3:ListBucketVersions", "s3:ListAllMyBuckets", "s3:*", "s3:BypassGovernanceRetention", "kms:Encrypt", "iam:PassRole", "sts:AssumeRole",
    ];

    /// <summary>A request as every generated constraint wants it.</summary>
    private static readonly Dictionary<string, string> Good = new()
    {
        ["aws:SecureTransport"] = "true",
        ["aws:SourceIp"] = "203.0.113.9",
        ["aws:SourceVpce"] = "vpce-1",
        ["aws:CurrentTime"] = "2026-11-15T00:00:00Z",
        ["aws:username"] = "ann",
        ["kms:ViaService"] = "s3.eu-west-1.amazonaws.com",
    };

    private static readonly string[] KeyActions = ["kms:GenerateDataKey", "kms:Decrypt"];

    [Fact]
    public void It_parses_is_deterministic_and_in_the_characters_that_STS_takes() => SpecGen.Valid.Sample(spec =>
    {
        var policy = PolicyRenderer.Render(Sessions.Terms(spec));
        PolicyDocument.Parse(policy.Json).Statements.ShouldNotBeEmpty();
        PolicyRenderer.Render(Sessions.Terms(spec with { Access = [.. spec.Access!.Reverse()] })).ShouldBe(policy);
        policy.Json.All(c => c is >= ' ' and <= '\u00FF').ShouldBeTrue(policy.Json);
        policy.IsTooLarge.ShouldBe(policy.Json.Length > 2048);
    });

    [Fact]
    public void Every_access_asked_for_is_allowed_under_the_prefix() => SpecGen.Valid.Select(SpecGen.KeyText).Sample((spec, rest) =>
    {
        var policy = new Rendered(spec);
        foreach (var action in Asked(spec))
            policy.Allows(action, spec.Prefix + rest, Good).ShouldBeTrue(action);
    });

    [Fact]
    public void No_action_that_was_not_asked_for_is_allowed() => SpecGen.Valid.Select(SpecGen.KeyText).Sample((spec, rest) =>
    {
        var policy = new Rendered(spec);
        foreach (var action in AllActions.Except(Asked(spec)))
            policy.Allows(action, spec.Prefix + rest, Good).ShouldBeFalse(action);
    });

    [Fact]
    public void No_key_outside_the_prefix_is_allowed() =>
        SpecGen.Valid.SelectMany(spec => KeysNear(spec.Prefix!).Select(key => (spec, key))).Sample(x =>
        {
            if (x.key.StartsWith(x.spec.Prefix!, StringComparison.Ordinal))
                return;
            var policy = new Rendered(x.spec);
            foreach (var action in AllActions)
                policy.Allows(action, x.key, Good).ShouldBeFalse($"{action} on {x.key}");
        });

    [Fact]
    public void No_other_bucket_is_allowed() => SpecGen.Valid.Select(SpecGen.KeyText).Sample((spec, rest) =>
    {
        var policy = new Rendered(spec);
        foreach (var resource in new[] { "arn:aws:s3:::other", $"arn:aws:s3:::other/{spec.Prefix}{rest}", $"arn:aws:s3:::landing2/{spec.Prefix}{rest}", "*", "" })
            AllActions.Where(action => policy.Decide(action, resource, Good) == PolicyVerdict.Allowed).ShouldBeEmpty(resource);
    });

    [Fact]
    public void Nothing_is_allowed_from_the_end_on() => SpecGen.Valid.Sample(spec =>
    {
        Allowed(spec with { EndsAt = "2026-12-01T00:00:00Z" }, context => context["aws:CurrentTime"] = "2026-11-30T23:59:59Z").ShouldBeTrue();
        Allowed(spec with { EndsAt = "2026-12-01T00:00:00Z" }, context => context["aws:CurrentTime"] = "2026-12-01T00:00:00Z").ShouldBeFalse();
        Allowed(spec with { EndsAt = "2026-12-01T00:00:00Z" }, context => context["aws:CurrentTime"] = "2027-01-01T00:00:00Z").ShouldBeFalse();
    });

    [Fact]
    public void Nothing_is_allowed_against_a_constraint() => SpecGen.Valid.Sample(spec =>
    {
        Allowed(With(spec, new() { SourceIps = ["203.0.113.0/24"] }), context => context["aws:SourceIp"] = "203.0.112.255").ShouldBeFalse();
        Allowed(With(spec, new() { SourceIps = ["203.0.113.0/24"] }), context => context.Remove("aws:SourceIp")).ShouldBeFalse();
        Allowed(With(spec, new() { VpcEndpoints = ["vpce-1"] }), context => context["aws:SourceVpce"] = "vpce-3").ShouldBeFalse();
        Allowed(With(spec, new() { VpcEndpoints = ["vpce-1"] }), context => context.Remove("aws:SourceVpce")).ShouldBeFalse();
        Allowed(With(spec, new() { RequireTls = true }), context => context["aws:SecureTransport"] = "false").ShouldBeFalse();
        Allowed(With(spec, new() { RequireTls = true }), context => context.Remove("aws:SecureTransport")).ShouldBeFalse();
    });

    [Fact]
    public void The_key_can_be_used_through_S3_only() => SpecGen.Valid.Sample(spec =>
    {
        var policy = new Rendered(spec);
        var key = spec.KmsKeyArn ?? "arn:aws:kms:eu-west-1:123456789012:key/1234abcd";
        foreach (var action in KeyActions)
        {
            (policy.Decide(action, key, Good) == PolicyVerdict.Allowed).ShouldBe(spec.KmsKeyArn is not null);
            policy.Decide(action, key, new() { ["kms:ViaService"] = "ec2.eu-west-1.amazonaws.com" }).ShouldBe(PolicyVerdict.ImplicitlyDenied);
            policy.Decide(action, key, []).ShouldBe(PolicyVerdict.ImplicitlyDenied);
            policy.Decide(action, key + "2", Good).ShouldBe(PolicyVerdict.ImplicitlyDenied);
        }
    });

    /// <summary>Keys that a wrongly escaped prefix would cover: each of its characters replaced, removed or doubled, its variables filled in, and others.</summary>
    private static Gen<string> KeysNear(string prefix) => Gen.OneOf(
        SpecGen.KeyText,
        Gen.Select(Gen.Int[0, Math.Max(0, prefix.Length - 1)], SpecGen.KeyText, SpecGen.KeyText).Select((at, filling, rest) => prefix[..at] + filling + (at < prefix.Length ? prefix[(at + 1)..] : "") + rest),
        SpecGen.KeyText.Select(filling => prefix.Replace("*", filling, StringComparison.Ordinal) + filling),
        SpecGen.KeyText.Select(filling => prefix.Replace("${aws:username}", "ann", StringComparison.Ordinal).Replace("?", "x", StringComparison.Ordinal) + filling),
        SpecGen.KeyText.Select(filling => prefix.Replace("$", "${$}", StringComparison.Ordinal) + filling),
        SpecGen.KeyText.Select(filling => "/" + prefix + filling),
        SpecGen.KeyText.Select(filling => prefix.ToUpperInvariant() + filling));

    private static IEnumerable<string> Asked(UploadSessionSpec spec) => spec.Access!.SelectMany(access => Actions[access]).Distinct();

    private static UploadSessionSpec With(UploadSessionSpec spec, SessionConstraints constraints) => spec with { Constraints = constraints };

    private static bool Allowed(UploadSessionSpec spec, Action<Dictionary<string, string>> change)
    {
        var context = new Dictionary<string, string>(Good);
        change(context);
        var policy = new Rendered(spec);
        return Asked(spec).Any(action => policy.Allows(action, spec.Prefix + "x", context));
    }

    /// <summary>The policy of a spec, as an S3 would judge by it.</summary>
    private sealed class Rendered(UploadSessionSpec spec)
    {
        private readonly SessionTerms _terms = Sessions.Terms(spec);
        private readonly PolicyDocument _policy = PolicyDocument.Parse(PolicyRenderer.Render(Sessions.Terms(spec)).Json);

        public bool Allows(string action, string key, Dictionary<string, string> context)
        {
            var onBucket = action.Contains("Bucket", StringComparison.Ordinal);
            return Decide(action, onBucket ? _terms.Bucket.ListArn : _terms.Bucket.ObjectArnPrefix + key, onBucket ? new(context) { ["s3:prefix"] = key } : context) == PolicyVerdict.Allowed;
        }

        public PolicyVerdict Decide(string action, string resource, Dictionary<string, string> context) =>
            PolicyEvaluator.Evaluate(_policy, new AccessRequest(action, resource, context)).Verdict;
    }
}
