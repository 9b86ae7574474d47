using CsCheck;
using UploadSessions.Grants;
using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>What holds for every set of grants and every session.</summary>
public sealed class GrantProperties
{
    private const int Iterations = 5000;

    private static readonly Gen<(UploadGrant[] Grants, GrantQuery Query)> Cases = Gen.Select(GrantGen.Grants, GrantGen.Queries);

    /// <summary>A grant that was read from nothing but what the session asks for, varied: so that many are granted.</summary>
    private static readonly Gen<(UploadGrant[] Grants, GrantQuery Query)> NearCases =
        from all in Cases
        from kept in Gen.Int[0, 127]
        select (all.Grants.Select((grant, i) => i > 0 ? grant : grant with { Spec = Fitting(grant.Spec, all.Query.Session, kept) }).ToArray(), all.Query);

    [Fact]
    public void Both_outcomes_are_common_here()
    {
        var (granted, refused) = (0, 0);
        NearCases.Sample(x => _ = IsGranted(x.Grants, x.Query) ? Interlocked.Increment(ref granted) : Interlocked.Increment(ref refused), iter: Iterations);
        Math.Min(granted, refused).ShouldBeGreaterThan(Iterations / 10);
    }

    [Fact]
    public void Many_grants_allow_what_one_of_them_allows_alone_and_nothing_else() => NearCases.Sample(
        x => IsGranted(x.Grants, x.Query).ShouldBe(x.Grants.Any(grant => IsGranted([grant], x.Query))),
        iter: Iterations);

    [Fact]
    public void Targets_are_alternatives_too() => NearCases.Sample(
        x =>
        {
            foreach (var grant in x.Grants)
            {
                var alone = grant.Spec.Targets!.Any(target => IsGranted([grant with { Spec = grant.Spec with { Targets = [target] } }], x.Query));
                IsGranted([grant], x.Query).ShouldBe(alone);
            }
        },
        iter: Iterations);

    [Fact]
    public void The_order_of_the_list_means_nothing() => NearCases.SelectMany(x => Gen.Shuffle(x.Grants).Select(shuffled => (x, shuffled))).Sample(
        x => Tell(x.shuffled, x.x.Query).ShouldBe(Tell(x.x.Grants, x.x.Query)),
        iter: Iterations);

    [Fact]
    public void The_grant_used_is_the_first_that_allows() => NearCases.Sample(
        x =>
        {
            if (Match(x.Grants, x.Query) is GrantSituation.Granted granted)
                granted.Grant.ShouldBe(x.Grants.Where(grant => IsGranted([grant], x.Query)).Min(grant => grant.Metadata.Name));
        },
        iter: Iterations);

    [Fact]
    public void Removing_a_grant_never_allows_more() => NearCases.Sample(
        x =>
        {
            if (IsGranted(x.Grants, x.Query))
                return;
            for (var i = 0; i < x.Grants.Length; i++)
                IsGranted([.. x.Grants.Where((_, at) => at != i)], x.Query).ShouldBeFalse();
        },
        iter: Iterations);

    [Fact]
    public void A_narrower_session_stays_allowed() => NearCases.SelectMany(x => Narrower(x.Query.Session.Spec).Select(narrow => (x.Grants, x.Query, narrow))).Sample(
        x =>
        {
            if (!IsGranted(x.Grants, x.Query))
                return;
            // A store that cannot express a prefix refuses it for that, however narrow it is.
            if (Match(x.Grants, x.Query.With(x.narrow)) is GrantSituation.Refused refused)
                refused.Rule.ShouldBe(GrantRule.Store, refused.Message);
        },
        iter: Iterations);

    [Fact]
    public void A_refusal_speaks_of_no_grant_of_other_namespaces() => Cases.Sample(
        x =>
        {
            if (Match(x.Grants, x.Query) is not GrantSituation.Refused refused)
                return;
            var matching = x.Grants.Where(grant => GrantReader.Read(grant).Namespaces?.Matches(x.Query.Session.Metadata.Namespace, x.Query.NamespaceLabels) == true).ToArray();
            (refused.Grant is null).ShouldBe(matching.Length == 0);
            refused.ShouldBe(Match(matching, x.Query), "the answer is the same as if the others did not exist");
            foreach (var other in x.Grants.Except(matching))
                refused.Message.ShouldNotContain(other.Metadata.Name);
        },
        iter: Iterations);

    [Fact]
    public void No_policy_allows_a_key_outside_the_target() => NearCases.Select(SpecGen.KeyText).Sample(
        (x, text) =>
        {
            if (Match(x.Grants, x.Query) is not GrantSituation.Granted granted)
                return;
            var ns = x.Query.Session.Metadata.Namespace;
            var targets = x.Grants.Single(grant => grant.Metadata.Name == granted.Grant).Spec.Targets!
                .Where(target => target.Bucket == granted.Terms.Bucket.Value)
                .Select(target => target.Prefix!.Replace("${namespace}", ns, StringComparison.Ordinal)).ToArray();
            var policy = PolicyDocument.Parse(PolicyRenderer.Render(granted.Terms).Json);
            foreach (var key in KeysNear(targets, granted.Terms.Prefix, text))
            {
                if (!targets.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)))
                    Allowed(policy, granted.Terms, key).ShouldBeFalse(key);
            }
        },
        iter: Iterations);

    [Fact]
    public void A_required_constraint_is_always_in_force() => NearCases.Sample(
        x =>
        {
            if (Match(x.Grants, x.Query) is not GrantSituation.Granted granted)
                return;
            var required = x.Grants.Single(grant => grant.Metadata.Name == granted.Grant).Spec.RequireConstraints ?? new();
            var policy = PolicyDocument.Parse(PolicyRenderer.Render(granted.Terms).Json);
            var key = granted.Terms.Prefix + "x";
            if (required.RequireTls == true)
                Allowed(policy, granted.Terms, key, ("aws:SecureTransport", "false")).ShouldBeFalse();
            if (required.SourceIps is not null)
                Allowed(policy, granted.Terms, key, ("aws:SourceIp", "11.0.0.1")).ShouldBeFalse();
            if (required.VpcEndpoints is not null)
                Allowed(policy, granted.Terms, key, ("aws:SourceVpce", "vpce-3")).ShouldBeFalse();
        },
        iter: Iterations);

    [Fact]
    public void What_a_session_may_not_set_is_the_grants() => NearCases.Sample(
        x =>
        {
            if (Match(x.Grants, x.Query) is not GrantSituation.Granted granted)
                return;
            var session = x.Grants.Single(grant => grant.Metadata.Name == granted.Grant).Spec.Session ?? new();
            granted.Terms.ExternalId.ShouldBe(session.ExternalId);
            granted.Terms.StsEndpoint?.OriginalString.ShouldBe(session.StsEndpoint);
            granted.Terms.SessionTags.Select(tag => tag.Key.ToUpperInvariant()).ShouldBeUnique();
            granted.Terms.SessionTags.Count(tag => tag.Key.StartsWith(KubernetesTags.Prefix, StringComparison.Ordinal)).ShouldBe(session.KubernetesTags == true ? 4 : 0);
        },
        iter: Iterations);

    [Fact]
    public void Reading_never_throws() => SpecGen.Arbitrary.Select(Gen.String.Array[0, 3]).Sample((text, words) => _ = GrantReader.Read(TestGrants.Named("x", new()
    {
        Namespaces = new() { Names = words, Selector = new() { MatchLabels = text.SessionTags, MatchExpressions = [new() { Key = text.Region, Operator = text.Bucket, Values = text.Access }, null!] } },
        RoleArns = text.Access,
        Targets = [null!, new() { Bucket = text.Bucket, Prefix = text.Prefix, Access = text.Access, KmsKeyArns = text.Access }],
        MaxDuration = text.Duration,
        MaxLifetime = text.Lifetime,
        RequireConstraints = text.Constraints,
        AllowedSessionTags = text.SessionTags!.ToDictionary(tag => tag.Key, tag => (IReadOnlyList<string>)[tag.Value]),
        Session = new() { ExternalId = text.Region, Tags = text.SessionTags, Region = text.Region, StsEndpoint = text.Prefix, S3Endpoint = text.Bucket },
    })));

    private static GrantSituation Match(UploadGrant[] grants, GrantQuery query) => GrantMatcher.Match(GrantSet.Of(grants), query);

    private static bool IsGranted(UploadGrant[] grants, GrantQuery query) => Match(grants, query) is GrantSituation.Granted;

    private static string Tell(UploadGrant[] grants, GrantQuery query) => Match(grants, query) switch
    {
        GrantSituation.Granted granted => $"{granted.Grant} {PolicyRenderer.Render(granted.Terms).Json} {string.Join(' ', granted.Terms.SessionTags)} {granted.Terms.ExternalId} {granted.Terms.Region}",
        var refused => refused.ToString(),
    };

    /// <summary>Lets through what the session asks for, rule by rule where the bit is set.</summary>
    private static UploadGrantSpec Fitting(UploadGrantSpec grant, UploadSession session, int bits)
    {
        var spec = session.Spec;
        bool Bit(int at) => (bits & (1 << at)) != 0;
        var folder = spec.Prefix!.LastIndexOf('/') is >= 0 and var slash && spec.Prefix[..slash].IndexOfAny(['*', '?', '$']) < 0 ? spec.Prefix[..(slash + 1)] : "";
        return grant with
        {
            Namespaces = Bit(0) || Bit(1) ? new() { Names = [session.Metadata.Namespace] } : grant.Namespaces,
            RoleArns = Bit(1) || Bit(2) ? [spec.RoleArn!] : grant.RoleArns,
            Targets = Bit(2) || Bit(3) ? [new() { Bucket = spec.Bucket, Prefix = folder, Access = spec.Access ?? ["Upload"], KmsKeyArns = spec.KmsKeyArn is null ? null : [spec.KmsKeyArn] }, .. grant.Targets!] : grant.Targets,
            MaxDuration = Bit(3) || Bit(4) ? spec.Duration ?? "1h" : grant.MaxDuration,
            MaxLifetime = Bit(4) || Bit(5) ? spec.Lifetime : grant.MaxLifetime,
            RequireConstraints = Bit(6) ? null : grant.RequireConstraints,
            AllowedSessionTags = Bit(5) || Bit(6) ? new Dictionary<string, IReadOnlyList<string>> { ["project"] = ["atlas", "gemini"] } : grant.AllowedSessionTags,
        };
    }

    /// <summary>The same or less in every respect.</summary>
    private static Gen<UploadSessionSpec> Narrower(UploadSessionSpec spec) =>
        from rest in SpecGen.KeyText
        from access in Gen.Int[1, 8]
        from bits in Gen.Int[0, 31]
        select spec with
        {
            Prefix = spec.Prefix + rest,
            Access = spec.Access is null ? [bits % 2 == 0 ? "Put" : "Upload"] : [.. spec.Access.Take(access)],
            KmsKeyArn = (bits & 1) == 0 ? spec.KmsKeyArn : null,
            Duration = (bits & 2) == 0 ? spec.Duration : "15m",
            Lifetime = (bits & 4) == 0 ? spec.Lifetime : "1h",
            SessionTags = (bits & 8) == 0 ? spec.SessionTags : null,
            Constraints = (bits & 16) == 0 ? spec.Constraints : Narrower(spec.Constraints),
        };

    private static SessionConstraints? Narrower(SessionConstraints? constraints) => constraints switch
    {
        { SourceIps: not null } => new() { SourceIps = ["10.0.1.7/32"], RequireTls = true },
        { VpcEndpoints: not null } => new() { VpcEndpoints = ["vpce-1"], RequireTls = true },
        _ => new() { RequireTls = true },
    };

    private static IEnumerable<string> KeysNear(IEnumerable<string> targets, string prefix, string text) =>
    [
        text,
        text + prefix,
        prefix + text,
        prefix.Length > 0 ? prefix[..^1] + text : text,
        prefix.TrimEnd('/') + "-old/" + text,
        .. targets.Select(target => target.TrimEnd('/') + text),
        .. targets.Select(target => target.TrimEnd('/') + "-old/" + text),
        .. targets.Select(target => target.ToUpperInvariant() + text),
        .. GrantGen.NamespaceNames.Select(name => $"{name}/{text}"),
        .. GrantGen.NamespaceNames.Select(name => $"exports/{name}/{text}"),
    ];

    /// <summary>Whether any access of the terms is allowed on a key, from a place that every constraint of these grants lets through unless said otherwise.</summary>
    private static bool Allowed(PolicyDocument policy, UploadSessions.Specification.SessionTerms terms, string key, params (string Name, string Value)[] changes)
    {
        var context = new Dictionary<string, string>
        {
            ["aws:SecureTransport"] = "true",
            ["aws:SourceIp"] = "10.0.1.7",
            ["aws:SourceVpce"] = "vpce-1",
            ["aws:CurrentTime"] = "2026-11-01T12:30:00Z",
            ["s3:prefix"] = key,
        };
        foreach (var (name, value) in changes)
            context[name] = value;
        string[] actions = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:PutObjectRetention", "s3:AbortMultipartUpload"];
        return actions.Any(action => Is(action, terms.Bucket.ObjectArnPrefix + key)) || Is("s3:ListBucket", terms.Bucket.ListArn);

        bool Is(string action, string resource) => PolicyEvaluator.Evaluate(policy, new(action, resource, context)).Verdict == PolicyVerdict.Allowed;
    }
}
