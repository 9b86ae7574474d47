using Sandbox.Tests.KubernetesApi.Support;
using TestServers.Running;

namespace Sandbox.Tests.KubernetesApi;

/// <summary>The real kubectl, command by command: only what old ones (1.20) know too.</summary>
public sealed class KubectlTests
{
    private const string Widget = """
        apiVersion: example.org/v1
        kind: Widget
        metadata: { name: w }
        spec: { size: big }
        """;

    [Fact]
    public Task Apply_of_a_typo_or_a_bad_value_is_refused() => WithKubectl(async (kubectl, _) =>
    {
        (await kubectl.TryAsync("apply -f -", Widget.Replace("size", "sice", StringComparison.Ordinal))).Error.ShouldMatch("unknown field \"(spec.)?sice\"");
        (await kubectl.TryAsync("apply -f -", Widget.Replace("big", "huge", StringComparison.Ordinal))).Error
            .ShouldContain("The Widget \"w\" is invalid: spec.size: Unsupported value: \"huge\": supported values: \"small\", \"big\"");
    });

    [Fact]
    public Task Client_side_objects_move_to_server_side_apply() => WithKubectl(async (kubectl, _) =>
    {
        await kubectl.RunAsync("apply -f -", Widget);
        await kubectl.RunAsync("apply --server-side -f -", Widget);
        (await kubectl.RunAsync("get wd w -o jsonpath={.spec.size}")).ShouldBe("big");
    });

    [Fact]
    public Task Secrets_and_namespaces_are_made_shown_and_removed() => WithKubectl(async (kubectl, _) =>
    {
        (await kubectl.RunAsync("create namespace team")).ShouldBe("namespace/team created\n");
        (await kubectl.RunAsync("create secret generic s -n team --from-literal=key=value")).ShouldBe("secret/s created\n");
        var yaml = await kubectl.RunAsync("get secret s -n team -o yaml");
        yaml.ShouldContain("key: dmFsdWU=");
        yaml.ShouldContain("type: Opaque");
        (await kubectl.RunAsync("get secrets -A")).ShouldMatch(@"team +s +Opaque +1 +\d+s");
        (await kubectl.RunAsync("delete namespace team")).ShouldBe("namespace \"team\" deleted\n");
        (await kubectl.TryAsync("get secret s -n team")).Error.ShouldContain("not found");
    });

    [Fact]
    public Task Explain_version_and_can_i_answer() => WithKubectl(async (kubectl, _) =>
    {
        (await kubectl.RunAsync("explain widget.spec.size")).ShouldMatch("FIELD: +size <string>");
        (await kubectl.RunAsync("explain secret.data")).ShouldContain("The secret data, base64 encoded.");
        (await kubectl.RunAsync("version")).ShouldContain("+sandbox");
        (await kubectl.RunAsync("auth can-i create secrets")).ShouldBe("yes\n");
        (await kubectl.RunAsync("api-resources --api-group=example.org")).ShouldMatch("widgets +wd +example.org/v1 +true +Widget");
    });

    private static async Task WithKubectl(Func<Kubectl, TestApi, Task> test)
    {
        Kubectl.Require();
        await using var api = await TestApi.StartAsync(options => options with { Tls = true });
        using var kubectl = new Kubectl(api.Server.AdminKubeconfig);
        await test(kubectl, api);
    }
}
