using UploadSessions.Operator.Cli;

namespace Operator.Tests.Cli;

public sealed class RenderCommandTests
{
    private const string Session = """
        apiVersion: uploadsession.io/v1alpha1
        kind: UploadSession
        metadata: { name: nightly, namespace: team-a }
        spec:
          roleArn: arn:aws:iam::123456789012:role/uploads
          bucket: landing
          access: [Put]

        """;

    [Fact]
    public void It_prints_the_policy_its_size_and_the_command_of_the_AWS_CLI()
    {
        var (exit, output, error) = CommandLine.Render(Session);
        exit.ShouldBe(0);
        error.ShouldBe("");
        output.ShouldBe(
            """
            # UploadSession team-a/nightly
            # Session policy, 117 of 2,048 characters:
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/*"}]}
            # The same by hand:
            aws sts assume-role \
              --role-arn arn:aws:iam::123456789012:role/uploads \
              --role-session-name team-a.nightly \
              --duration-seconds 3600 \
              --region us-east-1 \
              --policy '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"arn:aws:s3:::landing/*"}]}'


            """);
    }

    [Fact]
    public void Tags_are_written_as_json()
    {
        var output = CommandLine.Render(Session + "  sessionTags: { project: \"a b=c\" }\n  region: eu-west-1\n").Output;
        output.ShouldContain("""--tags '[{"Key":"project","Value":"a b=c"}]'""");
        output.ShouldContain("--region eu-west-1");
    }

    [Fact]
    public void Single_quotes_and_dollars_survive_the_shell() =>
        CommandLine.Render(Session + "  prefix: \"it's $HOME/\"\n").Output.ShouldContain(@"landing/it'\''s ${$}HOME/*");

    [Fact]
    public void Defaults_come_from_the_options()
    {
        var output = CommandLine.Render(Session, "--region", "eu-north-1", "--sts-endpoint", "https://sts.example", "--s3-endpoint", "https://s3.example").Output;
        output.ShouldContain("--region eu-north-1");
        output.ShouldContain("--endpoint-url https://sts.example");
    }

    [Fact]
    public void A_custom_endpoint_refuses_what_its_policies_cannot_express()
    {
        var (exit, output, error) = CommandLine.Render(Session + "  prefix: a*b\n", "--s3-endpoint", "https://s3.example");
        exit.ShouldBe(2);
        output.ShouldBe("");
        error.ShouldStartWith("<stdin>:8: spec.prefix: 'a*b' holds one of");
    }

    [Fact]
    public void A_lifetime_counts_from_now_where_the_session_is_not_created_yet()
    {
        var (exit, output, error) = CommandLine.Render(Session + "  lifetime: 8h\n");
        exit.ShouldBe(0);
        output.ShouldContain("2026-11-01T20:00:00Z");
        error.ShouldBe("<stdin>:8: spec.lifetime: counted from now, since the session is not created yet\n");
    }

    [Fact]
    public void A_lifetime_counts_from_the_creation_of_an_existing_session()
    {
        var (_, output, error) = CommandLine.Render(Session.Replace("namespace: team-a", "creationTimestamp: 2026-10-01T00:00:00Z", StringComparison.Ordinal) + "  lifetime: 8h\n");
        output.ShouldContain("2026-10-01T08:00:00Z");
        error.ShouldBe("");
    }

    [Theory]
    [InlineData("lifetime: 20m", 1200)]
    [InlineData("lifetime: 5m", 900)]
    [InlineData("lifetime: 8h", 3600)]
    [InlineData("endsAt: 2026-11-01T12:30:00Z", 1800)]
    [InlineData("duration: 2h\n  endsAt: 2026-11-01T13:30:00Z", 5400)]
    public void Credentials_are_asked_for_no_longer_than_to_the_sessions_end(string fields, int seconds) =>
        CommandLine.Render($"{Session}  {fields}\n").Output.ShouldContain($"--duration-seconds {seconds} \\\n");

    [Fact]
    public void Every_session_of_a_file_is_rendered_and_other_kinds_are_skipped()
    {
        var (exit, output, error) = CommandLine.Render($"---\n{Session}---\n# nothing\n---\nkind: ConfigMap\ndata: {{ a: b }}\n---\n{Session.Replace("nightly", "weekly", StringComparison.Ordinal)}");
        exit.ShouldBe(0);
        output.Split('\n').Where(line => line.StartsWith("# Upload", StringComparison.Ordinal)).ShouldBe(["# UploadSession team-a/nightly", "# UploadSession team-a/weekly"]);
        error.ShouldBe("<stdin>:12: skipped: the kind is ConfigMap, not UploadSession\n");
    }

    [Theory]
    [InlineData("List")]
    [InlineData("UploadSessionList")]
    public void Lists_as_kubectl_prints_them_are_rendered(string kind)
    {
        var item = string.Join('\n', Session.Split('\n').Select((line, i) => i == 0 ? "- " + line : "  " + line));
        CommandLine.Render($"apiVersion: v1\nkind: {kind}\nitems:\n{item}").Output.ShouldContain("# UploadSession team-a/nightly");
    }

    [Fact]
    public void Json_is_rendered()
    {
        const string Json = "{\n\t\"apiVersion\": \"uploadsession.io/v1alpha1\",\n\t\"kind\": \"UploadSession\",\n\t\"metadata\": {\"name\": \"nightly\"},\n\t\"spec\": {\"roleArn\": \"arn:aws:iam::123456789012:role/uploads\", \"bucket\": \"landing\", \"prefix\": \"\\u00fc\\/\", \"suspend\": false}\n}\n";
        var (exit, output, error) = CommandLine.Render(Json);
        error.ShouldBe("");
        exit.ShouldBe(0);
        output.ShouldContain("landing/ü/*");
    }

    [Fact]
    public void A_policy_that_is_too_large_is_shown_and_refused()
    {
        var (exit, output, error) = CommandLine.Render(Session.Replace("[Put]", "[Put, List]", StringComparison.Ordinal) + $"  prefix: {new string('p', 1000)}\n");
        exit.ShouldBe(2);
        output.ShouldContain("of 2,048 characters");
        error.ShouldStartWith("<stdin>:1: team-a/nightly: the session policy has 22");
    }

    [Fact]
    public void A_file_that_does_not_exist_is_told()
    {
        var (exit, _, error) = CommandLine.Invoke(RenderCommand.Create(), ["-f", "/nonexistent/file.yaml"]);
        exit.ShouldBe(2);
        error.ShouldStartWith("/nonexistent/file.yaml: cannot be read:");
    }

    /// <summary>The operator refuses them too: such a token would reach a host that could use it at AWS.</summary>
    [Theory]
    [InlineData("sts.amazonaws.com", "is the audience of AWS")]
    [InlineData("two words", "is not an audience")]
    public void An_audience_that_is_none_for_the_endpoint_is_refused(string audience, string problem)
    {
        var (exit, output, error) = CommandLine.Invoke(RenderCommand.Create(), ["-f", "/nonexistent/file.yaml", "--sts-endpoint", "https://store.example", "--token-audience", audience]);
        exit.ShouldNotBe(0);
        error.ShouldContain($"--token-audience '{audience}' {problem}");
        error.ShouldNotContain("/nonexistent/file.yaml");
        output.ShouldNotContain("assume-role");
    }

    [Theory]
    [InlineData("--s3-endpoint", "store.example", "'store.example' is not an endpoint")]
    [InlineData("--sts-endpoint", "ftp://store.example", "'ftp://store.example' is not an endpoint")]
    [InlineData("--sts-endpoint", "https://key:secret@store.example", "'(not shown)' is not an endpoint")]
    [InlineData("--sts-endpoint", "http://169.254.169.254", "'http://169.254.169.254' is a host that serves the credentials of machines")]
    [InlineData("--region", "EU", "'EU' is not a region")]
    public void What_the_operator_would_refuse_is_refused(string option, string value, string message)
    {
        var (exit, output, error) = CommandLine.Render(Session, option, value);
        exit.ShouldNotBe(0);
        error.ShouldContain($"{option} {message}");
        error.ShouldNotContain("key:secret");
        output.ShouldNotContain("Version");
    }
}
