using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Operator.Tests.Kubernetes;

/// <summary>Which cluster the operator acts on: the flag's, else that of <c>$KUBECONFIG</c>, else that of <c>~/.kube/config</c>. Nothing answers there; it says where it starts.</summary>
public sealed class KubeconfigTests : IDisposable
{
    private const string Chosen = "https://127.0.0.1:1/";
    private const string Other = "https://127.0.0.1:2/";

    private readonly string _home = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public KubeconfigTests() => Write(".kube/config", Kubeconfig.Text(new Uri(Other), "t"));

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public async Task Nothing_said_means_the_one_of_the_home_directory() =>
        (await ClusterAsync(null)).ShouldBe(Other);

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    public async Task A_variable_that_names_no_file_is_as_good_as_unset(string variable) =>
        (await ClusterAsync(variable)).ShouldBe(Other);

    [Fact]
    public async Task The_variable_wins_over_the_one_of_the_home_directory() =>
        (await ClusterAsync(Write("mine", Kubeconfig.Text(new Uri(Chosen), "t")))).ShouldBe(Chosen);

    [Fact]
    public async Task The_flag_wins_over_the_variable() =>
        (await ClusterAsync(Write("mine", Kubeconfig.Text(new Uri(Other), "t")), "--kubeconfig", Write("flag", Kubeconfig.Text(new Uri(Chosen), "t")))).ShouldBe(Chosen);

    [Fact]
    public async Task Several_files_are_one_and_paths_in_each_are_relative_to_it()
    {
        Write("two/ca.crt", CertificateAuthority());
        var first = Write("one/config", "apiVersion: v1\nkind: Config\ncurrent-context: x\ncontexts: [{name: x, context: { cluster: c, user: u } }]\n");
        var second = Write("two/config", $$"""
            apiVersion: v1
            kind: Config
            current-context: elsewhere
            clusters: [{name: c, cluster: { server: "{{Chosen}}", certificate-authority: ca.crt } }]
            users: [{name: u, user: { token: t } }]
            """);
        (await ClusterAsync($"{first}:{second}")).ShouldBe(Chosen);
    }

    [Fact]
    public async Task Of_several_files_the_first_that_says_something_wins()
    {
        var empty = Write("empty", "# nothing yet\n");
        var first = Write("first", Kubeconfig.Text(new Uri(Chosen), "t"));
        var second = Write("second", Kubeconfig.Text(new Uri(Other), "t"));
        (await ClusterAsync($"{empty}:{first}:{second}")).ShouldBe(Chosen);
    }

    [Fact]
    public async Task A_file_of_several_may_be_missing() =>
        (await ClusterAsync($"{Path.Combine(_home, "missing")}:{Write("mine", Kubeconfig.Text(new Uri(Chosen), "t"))}")).ShouldBe(Chosen);

    [Fact]
    public async Task Where_all_are_missing_no_other_cluster_is_taken()
    {
        await using var running = Start("/nowhere/a:/nowhere/b");
        (await running.ExitAsync()).ShouldBe(2);
        running.Output.Trim().ShouldBe("upload-session-operator: --kubeconfig (or $UPLOAD_SESSION_OPERATOR_KUBECONFIG) is not set, and $KUBECONFIG is '/nowhere/a:/nowhere/b': none of these files exists");
    }

    [Fact]
    public async Task What_cannot_be_used_is_told_with_where_it_was_named()
    {
        var wrong = Write("mine", "apiVersion: v1\nkind: Config\ncurrent-context: absent\n");
        await using var running = Start(wrong);
        (await running.ExitAsync()).ShouldBe(2);
        running.Output.ShouldContain($"$KUBECONFIG is '{wrong}': ");
        running.Output.ShouldContain("absent");
    }

    [Theory]
    [InlineData("localhost:6443", "token: t", "'localhost:6443'")]
    [InlineData(Chosen, "client-certificate: absent.crt, client-key: absent.key", "absent.crt")]
    [InlineData(Chosen, "client-certificate-data: eA==, client-key-data: eA==", "")]
    public async Task What_no_connection_can_be_made_with_is_told_before_anything_starts(string address, string user, string told)
    {
        var wrong = Write("mine", $$"""
            apiVersion: v1
            kind: Config
            current-context: x
            contexts: [{name: x, context: { cluster: c, user: u } }]
            clusters: [{name: c, cluster: { server: "{{address}}" } }]
            users: [{name: u, user: { {{user}} } }]
            """);
        await using var running = Start(wrong);
        (await running.ExitAsync()).ShouldBe(2);
        running.Output.Trim().Split('\n').Length.ShouldBe(1);
        running.Output.ShouldContain($"$KUBECONFIG is '{wrong}': ");
        running.Output.ShouldContain(told);
    }

    private async Task<string> ClusterAsync(string? variable, params string[] more)
    {
        await using var running = Start(variable, more);
        string? Told() => new[] { Chosen, Other }.FirstOrDefault(address => running.Output.Contains($"starts against {address} ", StringComparison.Ordinal));
        try
        {
            return await Eventually.GetAsync(() => Task.FromResult(Told()), "the operator says where it starts", TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException)
        {
            return running.Output;
        }
    }

    private OperatorProcess Start(string? variable, params string[] more) => OperatorProcess.Start(
        ["run", "--http-address", "127.0.0.1:0", "--leader-elect", "false", "--log-format", "text", .. more],
        variable is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["KUBECONFIG"] = variable },
        _home);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_home, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private static string CertificateAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.ExportCertificatePem();
    }
}
