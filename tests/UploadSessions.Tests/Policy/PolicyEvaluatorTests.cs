using UploadSessions.Policy;

namespace UploadSessions.Tests.Policy;

public sealed class PolicyEvaluatorTests
{
    private const string Bucket = "arn:aws:s3:::landing";

    [Theory]
    [InlineData("s3:PutObject", "s3:PutObject", true)]
    [InlineData("s3:PutObject", "S3:putobject", true)]
    [InlineData("s3:PutObject", "s3:PutObjectAcl", false)]
    [InlineData("s3:Put*", "s3:PutObjectAcl", true)]
    [InlineData("s3:?etObject", "s3:GetObject", true)]
    [InlineData("s3:?etObject", "s3:etObject", false)]
    [InlineData("*", "kms:Decrypt", true)]
    public void Actions_match_without_case_and_with_wildcards(string pattern, string action, bool allowed) =>
        Judge($$"""{"Effect":"Allow","Action":"{{pattern}}","Resource":"*"}""", action, Bucket).ShouldBe(allowed);

    [Theory]
    [InlineData("arn:aws:s3:::landing/*", "arn:aws:s3:::landing/a/b", true)]
    [InlineData("arn:aws:s3:::landing/*", "arn:aws:s3:::landing/", true)]
    [InlineData("arn:aws:s3:::landing/*", "arn:aws:s3:::landing", false)]
    [InlineData("arn:aws:s3:::landing/a", "arn:aws:s3:::landing/A", false)]
    [InlineData("arn:aws:s3:::landing/a?c", "arn:aws:s3:::landing/abc", true)]
    [InlineData("arn:aws:s3:::landing/a${*}c", "arn:aws:s3:::landing/a*c", true)]
    [InlineData("arn:aws:s3:::landing/a${*}c", "arn:aws:s3:::landing/abc", false)]
    [InlineData("arn:aws:s3:::landing/a${?}c", "arn:aws:s3:::landing/a?c", true)]
    [InlineData("arn:aws:s3:::landing/a${?}c", "arn:aws:s3:::landing/abc", false)]
    [InlineData("arn:aws:s3:::landing/${$}{aws:username}", "arn:aws:s3:::landing/${aws:username}", true)]
    [InlineData("arn:aws:s3:::landing/$x", "arn:aws:s3:::landing/$x", true)]
    [InlineData("arn:aws:s3:::landing/x$", "arn:aws:s3:::landing/x$", true)]
    [InlineData("*a*b*c*", "xxaxxbxxcxx", true)]
    [InlineData("*a*b*c", "abcabcx", false)]
    public void Resources_match_with_case_wildcards_and_escapes(string pattern, string resource, bool allowed) =>
        Judge($$"""{"Effect":"Allow","Action":"*","Resource":"{{pattern}}"}""", "s3:PutObject", resource).ShouldBe(allowed);

    [Theory]
    [InlineData("ann", "home/ann/x", true)]
    [InlineData("ann", "home/bob/x", false)]
    [InlineData("*", "home/bob/x", false)]
    [InlineData("*", "home/*/x", true)]
    [InlineData(null, "home/ann/x", false)]
    public void Variables_take_their_literal_value_from_the_request(string? username, string key, bool allowed) =>
        Judge(
            """{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::landing/home/${aws:username}/*"}""",
            "s3:PutObject",
            $"{Bucket}/{key}",
            username is null ? [] : [("AWS:UserName", username)]).ShouldBe(allowed);

    [Fact]
    public void A_variable_without_a_value_makes_a_Deny_not_apply() =>
        Judge(
            """{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"s3:prefix":"${aws:username}"}}}""",
            "s3:ListBucket",
            Bucket,
            ("s3:prefix", "x")).ShouldBeTrue();

    [Theory]
    [InlineData("""{"StringEquals":{"k":"a*"}}""", "a*", true)]
    [InlineData("""{"StringEquals":{"k":"a*"}}""", "ab", false)]
    [InlineData("""{"StringEquals":{"k":["a","b"]}}""", "b", true)]
    [InlineData("""{"StringEquals":{"k":"a"}}""", "A", false)]
    [InlineData("""{"StringEqualsIgnoreCase":{"k":"a"}}""", "A", true)]
    [InlineData("""{"StringNotEqualsIgnoreCase":{"k":"a"}}""", "A", false)]
    [InlineData("""{"StringNotEquals":{"k":["a","b"]}}""", "b", false)]
    [InlineData("""{"StringNotEquals":{"k":["a","b"]}}""", "c", true)]
    [InlineData("""{"StringLike":{"k":"a*"}}""", "abc", true)]
    [InlineData("""{"StringNotLike":{"k":"a*"}}""", "abc", false)]
    [InlineData("""{"Bool":{"k":"true"}}""", "True", true)]
    [InlineData("""{"Bool":{"k":true}}""", "false", false)]
    [InlineData("""{"Bool":{"k":true}}""", "yes", false)]
    [InlineData("""{"IpAddress":{"k":"203.0.113.0/24"}}""", "203.0.113.255", true)]
    [InlineData("""{"IpAddress":{"k":"203.0.113.0/24"}}""", "::ffff:203.0.113.9", true)]
    [InlineData("""{"IpAddress":{"k":"203.0.113.0/24"}}""", "203.0.114.0", false)]
    [InlineData("""{"IpAddress":{"k":"203.0.113.7"}}""", "203.0.113.7", true)]
    [InlineData("""{"IpAddress":{"k":"0.0.0.0/0"}}""", "::1", false)]
    [InlineData("""{"IpAddress":{"k":"2001:db8::/33"}}""", "2001:db8:7fff::1", true)]
    [InlineData("""{"IpAddress":{"k":"2001:db8::/33"}}""", "2001:db8:8000::1", false)]
    [InlineData("""{"IpAddress":{"k":"203.0.113.0/24"}}""", "nonsense", false)]
    [InlineData("""{"NotIpAddress":{"k":"203.0.113.0/24"}}""", "203.0.113.1", false)]
    [InlineData("""{"NotIpAddress":{"k":"203.0.113.0/24"}}""", "198.51.100.1", true)]
    [InlineData("""{"DateEquals":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T01:00:00+01:00", true)]
    [InlineData("""{"DateNotEquals":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:00Z", false)]
    [InlineData("""{"DateLessThan":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:00Z", false)]
    [InlineData("""{"DateLessThan":{"k":"2026-12-01T00:00:00Z"}}""", "2026-11-30T23:59:59Z", true)]
    [InlineData("""{"DateLessThanEquals":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:00Z", true)]
    [InlineData("""{"DateLessThanEquals":{"k":"2026-12-01T00:00:00Z"}}""", "2026-11-30T23:59:59Z", true)]
    [InlineData("""{"DateGreaterThan":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:00Z", false)]
    [InlineData("""{"DateGreaterThan":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:01Z", true)]
    [InlineData("""{"DateGreaterThanEquals":{"k":"2026-12-01T00:00:00Z"}}""", "2026-12-01T00:00:00Z", true)]
    [InlineData("""{"DateGreaterThanEquals":{"k":"1796083200"}}""", "2026-12-01T00:00:00Z", true)]
    [InlineData("""{"DateGreaterThanEquals":{"k":1796083200}}""", "2026-12-01T00:00:00Z", true)]
    [InlineData("""{"DateGreaterThanEquals":{"k":"1796083201"}}""", "2026-12-01T00:00:00Z", false)]
    [InlineData("""{"StringEquals":{"k":"a"},"Bool":{"k":"true"}}""", "a", false)]
    public void Conditions_compare_as_IAM_says(string condition, string value, bool allowed) =>
        Judge($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}} }""", "s3:PutObject", Bucket, ("K", value)).ShouldBe(allowed);

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringLike", false)]
    [InlineData("StringNotLike", true)]
    public void A_missing_key_fails_unless_negated_or_IfExists(string operation, bool allowed) =>
        Judge($$"""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"{{operation}}":{"k":"a"} } }""", "s3:PutObject", Bucket).ShouldBe(allowed);

    [Fact]
    public void All_keys_and_operators_must_hold()
    {
        const string Statement = """{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a":"1","b":"2"},"Bool":{"c":"true"}}}""";
        Judge(Statement, "s3:PutObject", Bucket, ("a", "1"), ("b", "2"), ("c", "true")).ShouldBeTrue();
        Judge(Statement, "s3:PutObject", Bucket, ("a", "1"), ("b", "3"), ("c", "true")).ShouldBeFalse();
        Judge(Statement, "s3:PutObject", Bucket, ("a", "1"), ("b", "2"), ("c", "false")).ShouldBeFalse();
    }

    [Fact]
    public void A_matching_Deny_wins_wherever_it_stands()
    {
        const string Policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
        Decide(Policy, "s3:DeleteObject").ShouldBe(new PolicyDecision(PolicyVerdict.ExplicitlyDenied, 1));
        Decide(Policy, "s3:GetObject").ShouldBe(new PolicyDecision(PolicyVerdict.Allowed, 0));
        Decide(Policy, "kms:Decrypt").ShouldBe(new PolicyDecision(PolicyVerdict.Allowed, 2));
    }

    [Fact]
    public void What_no_statement_matches_is_denied_implicitly() =>
        Decide("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""", "s3:PutObject")
            .ShouldBe(new PolicyDecision(PolicyVerdict.ImplicitlyDenied, null));

    [Fact]
    public void Many_stars_are_matched_without_exponential_backtracking()
    {
        var pattern = string.Concat(Enumerable.Repeat("a*", 500)) + "b";
        Judge($$"""{"Effect":"Allow","Action":"*","Resource":"{{pattern}}"}""", "s3:PutObject", new string('a', 2000)).ShouldBeFalse();
    }

    private static bool Judge(string statements, string action, string resource, params (string Key, string Value)[] context)
    {
        var policy = PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{{statements}}]}""");
        var request = new AccessRequest(action, resource, context.ToDictionary(pair => pair.Key, pair => pair.Value));
        return PolicyEvaluator.Evaluate(policy, request).Verdict == PolicyVerdict.Allowed;
    }

    private static PolicyDecision Decide(string policy, string action) =>
        PolicyEvaluator.Evaluate(PolicyDocument.Parse(policy), new AccessRequest(action, Bucket, new Dictionary<string, string>()));
}
