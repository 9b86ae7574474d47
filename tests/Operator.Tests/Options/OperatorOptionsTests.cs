using System.Net;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Options;

public sealed class OperatorOptionsTests
{
    /// <summary>A valid value of each flag that is not its default, and what the options then say.</summary>
    private static readonly Dictionary<OperatorFlag, (string Value, Func<OperatorOptions, object?> Read, object? Expected)> Values = new()
    {
        [OperatorFlags.Kubeconfig] = ("/kube", options => options.Kubeconfig, "/kube"),
        [OperatorFlags.Region] = ("eu-west-1", options => options.Region, "eu-west-1"),
        [OperatorFlags.StsEndpoint] = ("https://sts.example", options => options.StsEndpoint, new Uri("https://sts.example")),
        [OperatorFlags.S3Endpoint] = ("http://s3.example:9000", options => options.S3Endpoint, new Uri("http://s3.example:9000")),
        [OperatorFlags.Grants] = ("disabled", options => options.RequireGrants, false),
        [OperatorFlags.ServiceAccounts] = ("enabled", options => options.TokenAudience, "sts.amazonaws.com"),
        [OperatorFlags.ClusterName] = ("prod-1", options => options.ClusterName, "prod-1"),
        [OperatorFlags.Namespaces] = ("team-a", options => options.Namespaces.Single(), "team-a"),
        [OperatorFlags.Workers] = ("16", options => options.Workers, 16),
        [OperatorFlags.StsRate] = ("10000", options => options.StsRate, 10_000.0),
        [OperatorFlags.HttpAddress] = ("127.0.0.1:0", options => options.HttpAddress, new IPEndPoint(IPAddress.Loopback, 0)),
        [OperatorFlags.LeaderElect] = ("false", options => options.LeaderElect, false),
        [OperatorFlags.LeaderElectionNamespace] = ("kube-system", options => options.LeaderElectionNamespace, "kube-system"),
        [OperatorFlags.LeaderElectionLeaseDuration] = ("1m30s", options => options.LeaderElectionLeaseDuration, TimeSpan.FromSeconds(90)),
        [OperatorFlags.LogFormat] = ("text", options => options.JsonLogs, false),
        [OperatorFlags.LogLevel] = ("Warning", options => options.LogLevel, Microsoft.Extensions.Logging.LogLevel.Warning),
    };

    /// <summary>The audience says nothing by itself.</summary>
    public static TheoryData<string> Names => new(OperatorFlags.All.Except([OperatorFlags.TokenAudience]).Select(flag => flag.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_flag_is_read_from_the_command_line_and_from_the_environment_and_the_flag_wins(string name)
    {
        var flag = OperatorFlags.All.Single(flag => flag.Name == name);
        var (value, read, expected) = Values[flag];
        read(Read(new() { [name] = value }).ShouldBeValid()).ShouldBe(expected);
        read(Read([], new() { [flag.Variable] = value }).ShouldBeValid()).ShouldBe(expected);
        read(Read(new() { [name] = value }, new() { [flag.Variable] = "\n" }).ShouldBeValid()).ShouldBe(expected);
    }

    [Fact]
    public void Defaults()
    {
        var options = Read([]).ShouldBeValid();
        options.Kubeconfig.ShouldBeNull();
        options.Region.ShouldBe("us-east-1");
        options.StsEndpoint.ShouldBeNull();
        options.S3Endpoint.ShouldBeNull();
        options.RequireGrants.ShouldBeTrue();
        options.TokenAudience.ShouldBeNull();
        options.ClusterName.ShouldBeNull();
        options.Namespaces.ShouldBeEmpty();
        options.Workers.ShouldBe(8);
        options.StsRate.ShouldBe(100);
        options.HttpAddress.ShouldBe(new IPEndPoint(IPAddress.Any, 8080));
        options.LeaderElect.ShouldBeTrue();
        options.LeaderElectionNamespace.ShouldBe("default");
        options.LeaderElectionLeaseDuration.ShouldBe(TimeSpan.FromSeconds(15));
        options.JsonLogs.ShouldBeTrue();
        options.LogLevel.ShouldBe(Microsoft.Extensions.Logging.LogLevel.Information);
    }

    [Theory]
    [InlineData("", "", "sts.amazonaws.com")]
    [InlineData("", "my-provider", "my-provider")]
    [InlineData("https://sts.example", "https://sts.example", "https://sts.example")]
    public void Tokens_have_the_audience_of_the_STS_they_are_for(string endpoint, string audience, string expected) =>
        Read(new() { ["--service-accounts"] = "enabled", ["--sts-endpoint"] = endpoint, ["--token-audience"] = audience }).ShouldBeValid().TokenAudience.ShouldBe(expected);

    [Theory]
    [InlineData("disabled", "", "a")]
    [InlineData("enabled", "", "a b")]
    [InlineData("enabled", "https://sts.example", "")]
    [InlineData("enabled", "https://sts.example", "sts.amazonaws.com")]
    public void An_audience_that_cannot_be_or_that_would_serve_at_AWS_too_is_refused(string feature, string endpoint, string audience)
    {
        var values = new Dictionary<string, string> { ["--service-accounts"] = feature, ["--sts-endpoint"] = endpoint, ["--token-audience"] = audience };
        Read(values).Errors.ShouldHaveSingleItem().ShouldStartWith($"--token-audience (or $UPLOAD_SESSION_OPERATOR_TOKEN_AUDIENCE) is '{audience}'; accepted: ");
    }

    [Fact]
    public void Namespaces_are_separated_by_commas()
    {
        Read(new() { ["--namespaces"] = "team-a, team-b,team-a" }).ShouldBeValid().Namespaces.ShouldBe(["team-a", "team-b"]);
    }

    [Fact]
    public void Region_and_namespace_come_from_where_they_are_usually_said()
    {
        Read([], new() { ["AWS_DEFAULT_REGION"] = "eu-west-3" }).ShouldBeValid().Region.ShouldBe("eu-west-3");
        Read([], new() { ["AWS_REGION"] = "eu-west-2", ["AWS_DEFAULT_REGION"] = "eu-west-3" }).ShouldBeValid().Region.ShouldBe("eu-west-2");
        Read([], new() { ["POD_NAMESPACE"] = "uploads" }).ShouldBeValid().LeaderElectionNamespace.ShouldBe("uploads");
    }

    [Fact]
    public void An_empty_variable_says_nothing_and_an_empty_flag_says_none()
    {
        Read([], new() { [OperatorFlags.Workers.Variable] = "" }).ShouldBeValid().Workers.ShouldBe(8);
        Read(new() { ["--s3-endpoint"] = "" }, new() { [OperatorFlags.S3Endpoint.Variable] = "http://s3.example" }).ShouldBeValid().S3Endpoint.ShouldBeNull();
    }

    [Theory]
    [InlineData("--cluster-name", "prod cluster")]
    [InlineData("--grants", "off")]
    [InlineData("--service-accounts", "on")]
    [InlineData("--namespaces", "team a")]
    [InlineData("--namespaces", ",")]
    [InlineData("--namespaces", "team-a,Team-B")]
    [InlineData("--region", "EU West")]
    [InlineData("--region", "eu--west")]
    [InlineData("--sts-endpoint", "sts.example")]
    [InlineData("--sts-endpoint", "ftp://sts.example")]
    [InlineData("--sts-endpoint", "https://sts.example?a=b")]
    [InlineData("--s3-endpoint", "http://s3.example#a")]
    [InlineData("--s3-endpoint", " http://s3.example")]
    [InlineData("--s3-endpoint", "http://s3.example\n[profile x]")]
    [InlineData("--workers", "0")]
    [InlineData("--workers", "257")]
    [InlineData("--workers", "-1")]
    [InlineData("--workers", "1.5")]
    [InlineData("--workers", "many")]
    [InlineData("--sts-rate", "0")]
    [InlineData("--sts-rate", "10001")]
    [InlineData("--sts-rate", "99999999999999999999")]
    [InlineData("--http-address", "8080")]
    [InlineData("--http-address", ":8080")]
    [InlineData("--http-address", "localhost:8080")]
    [InlineData("--http-address", "0.0.0.0")]
    [InlineData("--http-address", "0.0.0.0:")]
    [InlineData("--http-address", "0.0.0.0:65536")]
    [InlineData("--http-address", "1:8080")]
    [InlineData("--http-address", "::1")]
    [InlineData("--http-address", "[::1]")]
    [InlineData("--http-address", "::1:8080")]
    [InlineData("--leader-elect", "yes")]
    [InlineData("--leader-election-namespace", "Kube_System")]
    [InlineData("--leader-election-lease-duration", "2s")]
    [InlineData("--leader-election-lease-duration", "11m")]
    [InlineData("--leader-election-lease-duration", "15")]
    [InlineData("--log-format", "xml")]
    [InlineData("--log-level", "3")]
    public void A_bad_value_is_told_with_flag_variable_and_value(string name, string value)
    {
        var flag = OperatorFlags.All.Single(flag => flag.Name == name);
        var (options, errors) = Read(new() { [name] = value });
        options.ShouldBeNull();
        errors.ShouldHaveSingleItem().ShouldStartWith($"{name} (or ${flag.Variable}) is '{value}'; accepted: ");
        Read([], new() { [flag.Variable] = value }).Errors.ShouldBe(errors);
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Read(new() { ["--workers"] = "0", ["--sts-rate"] = "0", ["--log-level"] = "Loud" }).Errors.Count.ShouldBe(3);

    [Fact]
    public void Credentials_in_an_endpoint_are_refused_and_not_repeated() =>
        Read(new() { ["--sts-endpoint"] = "https://user:hunter2@sts.example" }).Errors.ShouldHaveSingleItem().ShouldNotContain("hunter2");

    [Theory]
    [InlineData("[::1]:8080")]
    [InlineData("[::]:0")]
    [InlineData("10.0.0.1:65535")]
    public void Addresses_have_a_port(string address) => Read(new() { ["--http-address"] = address }).ShouldBeValid().HttpAddress.ToString().ShouldBe(address);

    [Fact]
    public void Words_may_be_written_in_any_case()
    {
        var options = Read(new() { ["--log-level"] = "debug", ["--leader-elect"] = "FALSE", ["--log-format"] = "Text" }).ShouldBeValid();
        (options.LogLevel, options.LeaderElect, options.JsonLogs).ShouldBe((Microsoft.Extensions.Logging.LogLevel.Debug, false, false));
    }

    [Fact]
    public void Variables_are_named_after_flags() => OperatorFlags.LeaderElectionNamespace.Variable.ShouldBe("UPLOAD_SESSION_OPERATOR_LEADER_ELECTION_NAMESPACE");

    private static (OperatorOptions? Options, IReadOnlyList<string> Errors) Read(Dictionary<string, string> flags, Dictionary<string, string>? environment = null)
    {
        environment ??= [];
        return new OperatorOptionsReader(flag => flags.GetValueOrDefault(flag.Name), environment.GetValueOrDefault).Read();
    }
}

internal static class OptionsAssertions
{
    public static OperatorOptions ShouldBeValid(this (OperatorOptions? Options, IReadOnlyList<string> Errors) result)
    {
        result.Errors.ShouldBeEmpty();
        return result.Options.ShouldNotBeNull();
    }
}
