using UploadSessions.Resources;

namespace UploadSessions.Tests.Grants;

/// <summary>What one grant can be judged by alone.</summary>
public sealed class GrantReaderTests
{
    private const string Key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

    private static readonly UploadGrantSpec Minimal = TestGrants.Minimal;

    public static TheoryData<string, UploadGrantSpec> Invalid => new()
    {
        { "spec.namespaces", Minimal with { Namespaces = null } },
        { "spec.namespaces.selector", Minimal with { Namespaces = new() { Names = ["a"], Selector = new() { MatchLabels = Map("a", "b") } } } },
        { "spec.namespaces.selector", Minimal with { Namespaces = new() { Names = [], Selector = new() { MatchLabels = Map("a", "b") } } } },
        { "spec.namespaces.names[0]", Minimal with { Namespaces = new() { Names = ["Team"] } } },
        { "spec.namespaces.names[1]", Minimal with { Namespaces = new() { Names = ["a", "a/b"] } } },
        { "spec.namespaces.names[0]", Minimal with { Namespaces = new() { Names = ["*"] } } },
        { "spec.namespaces.names[0]", Minimal with { Namespaces = new() { Names = [new string('n', 64)] } } },
        { "spec.namespaces.names[0]", Minimal with { Namespaces = new() { Names = [null!] } } },
        { "spec.namespaces.names", Minimal with { Namespaces = new() { Names = [.. Enumerable.Range(0, 65).Select(i => $"n{i}")] } } },
        { "spec.namespaces.selector", Minimal with { Namespaces = new() { Selector = new() } } },
        { "spec.namespaces.selector", Minimal with { Namespaces = new() { Selector = new() { MatchLabels = new Dictionary<string, string>(), MatchExpressions = [] } } } },
        { "spec.namespaces.selector.matchLabels", Minimal with { Namespaces = new() { Selector = new() { MatchLabels = Map("a", null!) } } } },
        { "spec.namespaces.selector.matchLabels", Minimal with { Namespaces = new() { Selector = new() { MatchLabels = Map("a", new string('v', 64)) } } } },
        { "spec.namespaces.selector.matchLabels", Minimal with { Namespaces = new() { Selector = new() { MatchLabels = Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => "v") } } } },
        { "spec.namespaces.selector.matchExpressions", Minimal with { Namespaces = new() { Selector = new() { MatchExpressions = [.. Enumerable.Repeat(new LabelSelectorRequirement { Key = "a", Operator = "Exists" }, 65)] } } } },
        { "spec.namespaces.selector.matchExpressions[0].values", Expression(new() { Key = "a", Operator = "In", Values = [new string('v', 64)] }) },
        { "spec.namespaces.selector.matchExpressions[0].key", Expression(new() { Key = new string('k', 318), Operator = "Exists" }) },
        { "spec.namespaces.selector.matchExpressions[0].key", Expression(new() { Operator = "Exists" }) },
        { "spec.namespaces.selector.matchExpressions[0].key", Expression(new() { Key = "", Operator = "DoesNotExist" }) },
        { "spec.namespaces.selector.matchExpressions[0].operator", Expression(new() { Key = "a", Operator = "Is" }) },
        { "spec.namespaces.selector.matchExpressions[0].values", Expression(new() { Key = "a", Operator = "In" }) },
        { "spec.namespaces.selector.matchExpressions[0].values", Expression(new() { Key = "a", Operator = "NotIn", Values = [] }) },
        { "spec.namespaces.selector.matchExpressions[0].values", Expression(new() { Key = "a", Operator = "In", Values = [null!] }) },
        { "spec.namespaces.selector.matchExpressions[0].values", Expression(new() { Key = "a", Operator = "Exists", Values = ["b"] }) },
        { "spec.roleArns", Minimal with { RoleArns = null } },
        { "spec.roleArns", Minimal with { RoleArns = [] } },
        { "spec.roleArns", Minimal with { RoleArns = [.. Enumerable.Repeat(Sessions.Role, 65)] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = [null!] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["*"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::*:role/uploads"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:*:iam::123456789012:role/uploads"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::123456789012:*"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::123456789012:role/upload?"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::1234567890123:role/uploads"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws-:iam::123456789012:role/uploads"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::123456789012:role//uploads"] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::123456789012:role/" + new string('r', 65)] } },
        { "spec.roleArns[0]", Minimal with { RoleArns = ["arn:aws:iam::123456789012:user/uploads"] } },
        { "spec.targets", Minimal with { Targets = null } },
        { "spec.targets", Minimal with { Targets = [] } },
        { "spec.targets", Minimal with { Targets = [.. Enumerable.Repeat(Minimal.Targets![0], 65)] } },
        { "spec.targets[0].bucket", Minimal with { Targets = [new() { Access = ["Put"] }] } },
        { "spec.targets[0].bucket", Target(target => target with { Bucket = "*" }) },
        { "spec.targets[0].bucket", Target(target => target with { Bucket = "${namespace}" }) },
        { "spec.targets[0].access", Target(target => target with { Access = null }) },
        { "spec.targets[0].access", Target(target => target with { Access = [] }) },
        { "spec.targets[0].access[0]", Target(target => target with { Access = ["*"] }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "exports" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "exports/2026" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "e" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "exports/*" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "*/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "a?/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "${aws:username}/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "${Namespace}/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "$${namespace}/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "${namespace}" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = "a\n/" }) },
        { "spec.targets[0].prefix", Target(target => target with { Prefix = new string('a', 1024) + "/" }) },
        { "spec.targets[0].kmsKeyArns[0]", Target(target => target with { KmsKeyArns = ["*"] }) },
        { "spec.targets[0].kmsKeyArns", Target(target => target with { KmsKeyArns = [.. Enumerable.Repeat(Key, 17)] }) },
        { "spec.maxDuration", Minimal with { MaxDuration = "14m" } },
        { "spec.maxDuration", Minimal with { MaxDuration = "13h" } },
        { "spec.maxDuration", Minimal with { MaxDuration = "" } },
        { "spec.maxLifetime", Minimal with { MaxLifetime = "0s" } },
        { "spec.maxLifetime", Minimal with { MaxLifetime = "1d" } },
        { "spec.requireConstraints", Minimal with { RequireConstraints = new() } },
        { "spec.requireConstraints.sourceIps", Minimal with { RequireConstraints = new() { SourceIps = [] } } },
        { "spec.requireConstraints.vpcEndpoints", Minimal with { RequireConstraints = new() { VpcEndpoints = [], RequireTls = true } } },
        { "spec.requireConstraints.sourceIps[0]", Minimal with { RequireConstraints = new() { SourceIps = ["10.0.0.1/8"] } } },
        { "spec.requireConstraints.vpcEndpoints[0]", Minimal with { RequireConstraints = new() { VpcEndpoints = ["${aws:SourceVpce}"] } } },
        { "spec.requireConstraints.vpcEndpoints", Minimal with { RequireConstraints = new() { SourceIps = ["10.0.0.0/8"], VpcEndpoints = ["vpce-1"] } } },
        { "spec.allowedSessionTags", Minimal with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>>() } },
        { "spec.allowedSessionTags.project", Allowed("project") },
        { "spec.allowedSessionTags.project", Allowed("project", "a*") },
        { "spec.allowedSessionTags.project", Allowed("project", null!) },
        { "spec.allowedSessionTags", Allowed("aws:x", "a") },
        { "spec.allowedSessionTags", Allowed("UploadSession-Namespace", "a") },
        { "spec.allowedSessionTags", Allowed("kubernetes-namespace", "a") },
        { "spec.allowedSessionTags", Allowed("eks-cluster-name", "a") },
        { "spec.allowedSessionTags", Allowed("\u212Aey", "a") },
        { "spec.allowedSessionTags", Minimal with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["x"], ["A"] = ["x"] } } },
        { "spec.session.externalId", Add(new() { ExternalId = "x" }) },
        { "spec.session.externalId", Add(new() { ExternalId = new string('x', 1225) }) },
        { "spec.session.externalId", Add(new() { ExternalId = "external\n" }) },
        { "spec.session.externalId", Add(new() { ExternalId = "two words" }) },
        { "spec.session.externalId", Add(new() { ExternalId = "\u00e9\u00e9" }) },
        { "spec.session.tags", Add(new() { Tags = Map("uploadsession-namespace", "a") }) },
        { "spec.session.tags", Add(new() { Tags = Map("aws:x", "a") }) },
        { "spec.session.tags.a", Add(new() { Tags = Map("a", "*") }) },
        { "spec.session.tags", Add(new() { Tags = Map("PROJECT", "a") }) with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { ["project"] = ["a"] } } },
        { "spec.session.tags", Add(new() { Tags = Enumerable.Range(0, 51).ToDictionary(i => $"k{i}", _ => "v") }) },
        { "spec.session.tags", Add(new() { KubernetesTags = true, Tags = Enumerable.Range(0, 47).ToDictionary(i => $"k{i}", _ => "v") }) },
        { "spec.session.region", Add(new() { Region = "EU" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "store.example" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "file:///etc/passwd" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://169.254.169.254" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://2852039166" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://metadata.goog" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://instance-data" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://[fe80::1]" }) },
        { "spec.session.stsEndpoint", Add(new() { StsEndpoint = "http://[::ffff:169.254.169.254]" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = "store" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = "sts.amazonaws.com", StsEndpoint = "https://store.example" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = "", StsEndpoint = "https://store.example" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = "a b", StsEndpoint = "https://store.example" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = "sts.amazonaws.com\n", StsEndpoint = "https://store.example" }) },
        { "spec.session.tokenAudience", Add(new() { TokenAudience = new string('a', 256), StsEndpoint = "https://store.example" }) },
        { "spec.session.s3Endpoint", Add(new() { S3Endpoint = "https://user:password@store.example" }) },
        { "spec.session.s3Endpoint", Add(new() { S3Endpoint = "https://store.example/?x=1" }) },
        { "spec.session.s3Endpoint", Add(new() { S3Endpoint = "https://store.example\nregion = x" }) },
        { "spec.session.s3Endpoint", Add(new() { S3Endpoint = "https://store.example\n" }) },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_error_names_its_field(string field, UploadGrantSpec spec)
    {
        var result = TestGrants.Read(spec);
        result.Errors.Select(error => error.Field).Distinct().ShouldBe([field]);
        result.Terms.ShouldBeNull();
    }

    public static TheoryData<UploadGrantSpec> Valid => new()
    {
        Minimal,
        Minimal with { Namespaces = new() },
        Minimal with { Namespaces = new() { Names = [.. Enumerable.Repeat(new string('n', 63), 64)] } },
        Expression(new() { Key = "kubernetes.io/metadata.name", Operator = "Exists" }),
        Minimal with { Namespaces = new() { Selector = new() { MatchLabels = Enumerable.Range(0, 50).ToDictionary(i => $"k{i}", _ => new string('v', 63)), MatchExpressions = [new() { Key = new string('k', 317), Operator = "NotIn", Values = ["", new string('v', 63)] }] } } },
        Add(new()),
        Minimal with { RoleArns = ["arn:aws:iam::123456789012:role/*", "arn:aws-us-gov:iam::123456789012:role/a/*/b-*", "arn:minio:iam:::role/x", "arn:aws:iam:::role/x"] },
        Target(target => target with { Prefix = "exports/${namespace}/in/", Bucket = "arn:aws:s3:eu-central-1:123456789012:accesspoint/inbox" }),
        Minimal with { RoleArns = [.. Enumerable.Repeat(Sessions.Role, 64)], Targets = [.. Enumerable.Repeat(Minimal.Targets![0], 64)] },
        Target(target => target with { KmsKeyArns = [.. Enumerable.Repeat(Key, 16)] }),
        Minimal with { MaxDuration = "15m", MaxLifetime = "876000h" },
        Minimal with { RequireConstraints = new() { RequireTls = false } },
        Add(new() { ExternalId = "a/b:c", KubernetesTags = true, Tags = Enumerable.Range(0, 46).ToDictionary(i => $"k{i}", _ => "v"), SourceIdentity = true, Region = "eu-central-1", StsEndpoint = "http://store.example:9000/sts", TokenAudience = "https://store.example", S3Endpoint = "https://[2001:db8::1]" }),
    };

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_is_accepted(UploadGrantSpec spec) => TestGrants.Read(spec).Errors.ShouldBeEmpty();

    [Fact]
    public void All_errors_are_told_at_once() =>
        TestGrants.Read(new()).Errors.Select(error => error.Field).ShouldBe(["spec.namespaces", "spec.roleArns", "spec.targets"]);

    [Fact]
    public void What_might_be_a_secret_is_not_repeated()
    {
        var errors = string.Join(' ', TestGrants.Read(Add(new() { ExternalId = "hidden words", S3Endpoint = "https://user:hidden@store.example" })).Errors);
        errors.ShouldNotContain("hidden");
    }

    private static UploadGrantSpec Target(Func<GrantTarget, GrantTarget> change) => Minimal with { Targets = [change(Minimal.Targets![0])] };

    private static UploadGrantSpec Expression(LabelSelectorRequirement requirement) =>
        Minimal with { Namespaces = new() { Selector = new() { MatchExpressions = [requirement] } } };

    private static UploadGrantSpec Allowed(string key, params string[] values) =>
        Minimal with { AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { [key] = values } };

    private static UploadGrantSpec Add(GrantSession session) => Minimal with { Session = session };

    private static Dictionary<string, string> Map(string key, string value) => new() { [key] = value };
}
