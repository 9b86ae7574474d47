namespace Operator.Tests.Cli;

public sealed class InvalidManifestTests
{
    [Fact]
    public void Every_error_names_its_line_and_field()
    {
        const string Yaml = """
            apiVersion: uploadsession.io/v1alpha1
            kind: UploadSession
            metadata:
              name: nightly
            spec:
              bucket: Landing
              access:
                - Upload
                - Write
              duration: 10
              pathPrefix: exports/
              constraints:
                sourceIps: 10.0.0.0/8
                requireTls: "yes"
              sessionTags:
                project: true
            """;
        var (exit, output, error) = CommandLine.Render(Yaml);
        exit.ShouldBe(2);
        output.ShouldBe("");
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => string.Join(':', line.Split(':')[..3])).ShouldBe(
        [
            "<stdin>:6: spec.roleArn", "<stdin>:6: spec.bucket", "<stdin>:9: spec.access[1]", "<stdin>:10: spec.duration", "<stdin>:11: spec.pathPrefix",
            "<stdin>:13: spec.constraints.sourceIps", "<stdin>:14: spec.constraints.requireTls", "<stdin>:16: spec.sessionTags.project",
        ]);
        error.ShouldContain("spec.duration: is a number; accepted is text: put it in quotes");
        error.ShouldContain("spec.pathPrefix: is unknown; known are roleArn, bucket, prefix");
        error.ShouldContain("spec.constraints.sourceIps: is text; accepted is a list of text");
        error.ShouldContain("spec.constraints.requireTls: is text; accepted is true or false");
    }

    [Theory]
    [InlineData("a: [\n", "<stdin>:2: is not valid YAML")]
    [InlineData("a: b\n\tc: d\n", "<stdin>:2: is not valid YAML")]
    [InlineData("a: b\na: c\n", "<stdin>:2: the key a is repeated")]
    [InlineData("a: *nowhere\n", "<stdin>:1: the alias *nowhere names no anchor")]
    [InlineData("a: &x [*x]\n", "<stdin>:1: the alias *x names no anchor")]
    [InlineData("[a]: b\n", "<stdin>:1: has a key that is not text")]
    [InlineData("- a\n", "<stdin>:1: is a list; accepted is a Kubernetes object")]
    [InlineData("hello\n", "<stdin>:1: is text; accepted is a Kubernetes object")]
    [InlineData("", "<stdin>:1: no UploadSession found")]
    [InlineData("kind: Pod\n", "<stdin>:1: no UploadSession found")]
    public void What_is_no_manifest_is_told_with_its_line(string text, string says)
    {
        var (exit, _, error) = CommandLine.Render(text);
        exit.ShouldBe(2);
        error.ShouldContain(says);
    }

    [Fact]
    public void Endless_nesting_is_refused() =>
        CommandLine.Render(new string('[', 100_000)).Error.ShouldContain("nested more than 64 levels");

    [Theory]
    [InlineData("apiVersion: uploadsession.io/v2\nkind: UploadSession\nmetadata: {name: x}\n", "<stdin>:1: apiVersion: is not known; accepted is uploadsession.io/v1alpha1")]
    [InlineData("kind: UploadSession\nmetadata: {name: x}\n", "<stdin>:1: apiVersion: is not known")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\n", "<stdin>:1: metadata.name: is required")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata:\n  name: 7\n", "<stdin>:4: metadata.name: is required")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\nspec: []\n", "<stdin>:4: spec: is a list; accepted is an object")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\n", "<stdin>:1: spec.roleArn: is required")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\nspec: {bucket: 12345}\n", "<stdin>:4: spec.bucket: is a number")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\nspec: {prefix: on}\n", "<stdin>:4: spec.prefix: is a boolean; accepted is text: put it in quotes")]
    public void An_object_of_the_wrong_shape_is_told_with_its_line(string text, string says)
    {
        var (exit, _, error) = CommandLine.Render(text);
        exit.ShouldBe(2);
        error.ShouldContain(says);
    }

    [Theory]
    [InlineData("x\\nid > /tmp/pwned #", "team-a", @"<stdin>:4: metadata.name: 'x\u000Aid > /tmp/pwned #' is not the name of a session; accepted are up to 253 lower-case letters, digits, dashes and dots")]
    [InlineData("x\\e[31m", "team-a", @"<stdin>:4: metadata.name: 'x\u001B[31m' is not the name of a session")]
    [InlineData("Nightly", "team-a", "<stdin>:4: metadata.name: 'Nightly' is not the name of a session")]
    [InlineData("nightly", "a\\nid #", @"<stdin>:5: metadata.namespace: 'a\u000Aid #' is not the name of a namespace; accepted are up to 63 lower-case letters, digits and dashes, beginning and ending with a letter or digit")]
    [InlineData("nightly", "a.b", "<stdin>:5: metadata.namespace: 'a.b' is not the name of a namespace")]
    [InlineData("nightly", "", "<stdin>:5: metadata.namespace: '' is not the name of a namespace")]
    public void A_name_that_no_object_has_is_refused_and_nothing_of_it_printed(string name, string ns, string says)
    {
        var yaml = $"apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata:\n  name: \"{name}\"\n  namespace: \"{ns}\"\nspec: {{roleArn: \"arn:aws:iam::123456789012:role/uploads\", bucket: landing}}\n";
        foreach (var (exit, output, error) in new[] { CommandLine.Render(yaml), CommandLine.Explain(yaml, "--action", "s3:PutObject", "--key", "a") })
        {
            exit.ShouldBe(2);
            output.ShouldBe("");
            error.ShouldStartWith(says);
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldHaveSingleItem();
        }
    }

    [Theory]
    [InlineData(253, 63, 0)]
    [InlineData(254, 63, 2)]
    [InlineData(253, 64, 2)]
    public void Names_are_as_long_as_the_API_server_takes_them(int name, int ns, int exit) =>
        CommandLine.Render($"apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {{name: {new string('a', name)}, namespace: {new string('a', ns)}}}\nspec: {{roleArn: \"arn:aws:iam::123456789012:role/uploads\", bucket: landing}}\n").Exit.ShouldBe(exit);

    [Theory]
    [InlineData("kind: \"Pod\\e[31m\\nx: y\"\n", @"<stdin>:1: skipped: the kind is Pod\u001B[31m\u000Ax: y, not UploadSession")]
    [InlineData("kind: Pod\n\"a\\nb\": c\n\"a\\nb\": d\n", @"<stdin>:3: the key a\u000Ab is repeated")]
    [InlineData("apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\nspec:\n  \"a\\nb\": c\n", @"<stdin>:5: spec.a\u000Ab: is unknown")]
    public void What_a_message_repeats_of_a_file_stays_on_one_line(string text, string says) =>
        CommandLine.Render(text).Error.Split('\n').ShouldContain(line => line.StartsWith(says, StringComparison.Ordinal));

    [Theory]
    [InlineData("prefix: \"12\"", "landing/12*")]
    [InlineData("prefix: '12'", "landing/12*")]
    [InlineData("prefix: 12ab", "landing/12ab*")]
    [InlineData("prefix: null", "landing/*")]
    [InlineData("prefix: ~", "landing/*")]
    [InlineData("prefix: 'null'", "landing/null*")]
    [InlineData("prefix: |-\n    a/b", "landing/a/b*")]
    [InlineData("prefix: &p a/\n  secretName: nightly", "landing/a/*")]
    public void Scalars_are_read_as_kubectl_reads_them(string field, string resource) =>
        CommandLine.Render($"apiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {{name: x}}\nspec:\n  roleArn: arn:aws:iam::123456789012:role/uploads\n  bucket: landing\n  {field}\n").Output.ShouldContain(resource);

    [Fact]
    public void An_anchor_can_be_used_again() =>
        CommandLine.Render("x: &role arn:aws:iam::123456789012:role/uploads\napiVersion: uploadsession.io/v1alpha1\nkind: UploadSession\nmetadata: {name: x}\nspec: {roleArn: *role, bucket: landing}\n").Exit.ShouldBe(0);
}
