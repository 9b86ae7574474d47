namespace Operator.Tests.Cli;

public sealed class ExplainCommandTests
{
    private const string Session = """
        apiVersion: uploadsession.io/v1alpha1
        kind: UploadSession
        metadata: { name: nightly, namespace: team-a }
        spec:
          roleArn: arn:aws:iam::123456789012:role/uploads
          bucket: landing
          prefix: exports/
          access: [Put, List]
          endsAt: 2026-12-01T00:00:00Z
          kmsKeyArn: arn:aws:kms:eu-central-1:123456789012:key/1234abcd
          constraints: { sourceIps: [203.0.113.0/24], requireTls: true }

        """;

    [Fact]
    public void It_tells_the_statement_that_allows()
    {
        var (exit, output, error) = CommandLine.Explain(Session, "--action", "s3:PutObject", "--key", "exports/a", "--source-ip", "203.0.113.9");
        error.ShouldBe("");
        output.ShouldBe(
            """
            allowed: s3:PutObject on arn:aws:s3:::landing/exports/a
            by statement 1 of 4: {"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/exports/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"Bool":{"aws:SecureTransport":"true"}}}

            """);
        exit.ShouldBe(0);
    }

    [Fact]
    public void It_tells_the_statement_that_denies()
    {
        var (exit, output, _) = CommandLine.Explain(Session, "--action", "s3:PutObject", "--key", "exports/a", "--source-ip", "203.0.113.9", "--time", "2026-12-01T00:00:00Z");
        exit.ShouldBe(1);
        output.ShouldContain("denied: s3:PutObject on arn:aws:s3:::landing/exports/a\nby statement 4 of 4: {\"Effect\":\"Deny\"");
    }

    [Fact]
    public void It_tells_that_nothing_allows()
    {
        var (exit, output, _) = CommandLine.Explain(Session, "--action", "s3:GetObject", "--key", "exports/a");
        exit.ShouldBe(1);
        output.ShouldBe("denied: s3:GetObject on arn:aws:s3:::landing/exports/a\nsince none of the 4 statements allows it\n");
    }

    [Theory]
    [InlineData("s3:PutObject --key exports/a", """statement 1 of 4 would, but for {"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}: the request has no aws:SourceIp""")]
    [InlineData("s3:PutObject --key exports/a --source-ip 203.0.112.9", """statement 1 of 4 would, but for {"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}: the request's is '203.0.112.9'""")]
    [InlineData("s3:PutObject --key exports/a --insecure", """
        statement 1 of 4 would, but for {"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}: the request has no aws:SourceIp
        and for {"Bool":{"aws:SecureTransport":"true"}}: the request's is 'false'
        """)]
    public void It_tells_the_conditions_that_keep_the_nearest_statement_from_allowing(string arguments, string says)
    {
        var (exit, output, _) = CommandLine.Explain(Session, ["--action", .. arguments.Split(' ')]);
        exit.ShouldBe(1);
        output.ShouldBe($"denied: s3:PutObject on arn:aws:s3:::landing/exports/a\nsince none of the 4 statements allows it\n{says}\n");
    }

    [Theory]
    [InlineData(0, "s3:PutObject --key exports/a --source-ip 203.0.113.9")]
    [InlineData(1, "s3:PutObject --key other/a --source-ip 203.0.113.9")]
    [InlineData(1, "s3:PutObject --key exports/a --source-ip 203.0.112.9")]
    [InlineData(1, "s3:PutObject --key exports/a")]
    [InlineData(1, "s3:PutObject --key exports/a --source-ip 203.0.113.9 --insecure")]
    [InlineData(1, "s3:PutObject --key exports/a --source-vpce vpce-1")]
    [InlineData(0, "s3:ListBucket --key exports/ --source-ip 203.0.113.9")]
    [InlineData(1, "s3:ListBucket --source-ip 203.0.113.9")]
    [InlineData(0, "kms:GenerateDataKey")]
    [InlineData(1, "kms:Encrypt")]
    public void The_exit_code_tells_the_verdict(int exit, string arguments) =>
        CommandLine.Explain(Session, ["--action", .. arguments.Split(' ')]).Exit.ShouldBe(exit);

    [Theory]
    [InlineData("--action", "PutObject")]
    [InlineData("--action", "s3:PutObject", "--source-ip", "here")]
    [InlineData("--action", "s3:PutObject", "--time", "now")]
    public void Nonsense_in_options_is_refused(params string[] arguments)
    {
        var (exit, output, error) = CommandLine.Explain(Session, arguments);
        exit.ShouldNotBe(0);
        error.ShouldContain($"{arguments[^2]} '{arguments[^1]}' is not");
        output.ShouldNotContain("denied");
    }

    [Fact]
    public void An_invalid_file_ends_with_2() =>
        CommandLine.Explain("kind: UploadSession\n", "--action", "s3:PutObject").Exit.ShouldBe(2);

    [Fact]
    public void Of_several_sessions_one_must_be_chosen()
    {
        var file = $"{Session}---\n{Session.Replace("nightly", "weekly", StringComparison.Ordinal).Replace("exports/", "weekly/", StringComparison.Ordinal)}";
        string[] request = ["--action", "s3:PutObject", "--key", "weekly/a", "--source-ip", "203.0.113.9"];
        var (exit, _, error) = CommandLine.Explain(file, request);
        exit.ShouldBe(2);
        error.ShouldBe("<stdin>:1: has several sessions: choose one with --session; there are team-a/nightly, team-a/weekly\n");
        CommandLine.Explain(file, [.. request, "--session", "weekly"]).Exit.ShouldBe(0);
        CommandLine.Explain(file, [.. request, "--session", "team-a/weekly"]).Exit.ShouldBe(0);
        CommandLine.Explain(file, [.. request, "--session", "ekly"]).Exit.ShouldBe(2);
        var namesake = Session.Replace("team-a", "team-b", StringComparison.Ordinal);
        CommandLine.Explain($"{file}\n---\n{namesake}", [.. request, "--session", "nightly"]).Error
            .ShouldBe("<stdin>:1: has several sessions nightly: choose one with --session NAMESPACE/NAME; there are team-a/nightly, team-b/nightly\n");
    }
}
