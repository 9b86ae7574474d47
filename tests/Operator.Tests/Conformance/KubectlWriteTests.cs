namespace Operator.Tests.Conformance;

/// <summary>kubectl apply, annotate, label, patch, diff and delete.</summary>
public abstract class KubectlWriteTests(IApiServer server) : KubectlTier(server)
{
    [Fact]
    public async Task Apply_creates_then_changes_nothing_then_configures()
    {
        (await RunAsync("apply -f -", Session)).ShouldBe($"{Named} created\n");
        (await RunAsync("apply -f -", Session)).ShouldBe($"{Named} unchanged\n");
        (await RunAsync("apply -f -", Changed)).ShouldBe($"{Named} configured\n");

        const string map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { a: \"1\", b: \"1\" }\n";
        (await RunAsync("apply -f -", map)).ShouldBe("configmap/c created\n");
        (await RunAsync("apply -f -", map.Replace("a: \"1\", ", "", StringComparison.Ordinal))).ShouldBe("configmap/c configured\n");
        (await RunAsync("get configmap c -o jsonpath={.data}")).ShouldBe("""{"b":"1"}""");
    }

    [Fact]
    public async Task Apply_of_a_bad_value_shows_what_the_server_said()
    {
        var (code, _, error) = await Kubectl.TryAsync("apply --validate=false -f -", Session.Replace("bucket:", "duration: soon, bucket:", StringComparison.Ordinal));
        code.ShouldBe(1);
        error.ShouldContain("The UploadSession \"export\" is invalid: ");
        error.ShouldContain("spec.duration: Invalid value: \"soon\": spec.duration in body should match '^([0-9]+(h|m|s))+$'");
    }

    [Fact]
    public async Task Server_side_apply_meets_the_conflicts_of_others()
    {
        (await RunAsync("apply --server-side --field-manager=one -f -", Session)).ShouldBe($"{Named} serverside-applied\n");
        (await RunAsync("apply --server-side --field-manager=one -f -", Session)).ShouldBe($"{Named} serverside-applied\n");
        var (code, _, error) = await Kubectl.TryAsync("apply --server-side --field-manager=two -f -", Changed);
        code.ShouldBe(1);
        error.ShouldContain("Apply failed with 1 conflict: conflict with \"one\": .spec.bucket");
        error.ShouldContain("--force-conflicts");
        (await RunAsync("apply --server-side --field-manager=two --force-conflicts -f -", Changed)).ShouldBe($"{Named} serverside-applied\n");
        (await RunAsync("get ups export -o jsonpath={.spec.bucket}")).ShouldBe("team-b-landing");
    }

    [Fact]
    public async Task Annotate_label_and_patch_change_the_object()
    {
        await RunAsync("apply -f -", Session);
        (await RunAsync("annotate ups export uploadsession.io/renew-request=now")).ShouldBe($"{Named} annotated\n");
        (await RunAsync("label ups export team=a")).ShouldBe($"{Named} labeled\n");
        (await Kubectl.TryAsync("label ups export team=b")).Error.ShouldContain("already has a value (a), and --overwrite is false");
        (await RunAsync("get ups -l team=a -o name")).ShouldBe($"{Named}\n");
        (await RunAsync("""patch ups export --type merge -p {"spec":{"suspend":true}}""")).ShouldBe($"{Named} patched\n");
        (await RunAsync("""patch ups export --type merge -p {"spec":{"suspend":true}}""")).ShouldBe($"{Named} patched (no change)\n");
        (await RunAsync("""patch ups export --type json -p [{"op":"remove","path":"/spec/suspend"}]""")).ShouldBe($"{Named} patched\n");
        (await RunAsync("get ups export -o jsonpath={.metadata.annotations.uploadsession\\.io/renew-request}{.spec.suspend}")).ShouldBe("now");

        await RunAsync("create configmap c --from-literal=a=1");
        await RunAsync("""patch configmap c -p {"data":{"b":"2"}}""");
        (await RunAsync("get configmap c -o jsonpath={.data}")).ShouldBe("""{"a":"1","b":"2"}""");
    }

    [Fact]
    public async Task Diff_tells_what_an_apply_would_change()
    {
        await RunAsync("apply -f -", Session);
        (await RunAsync("diff -f -", Session)).ShouldBe("");
        var (code, output, _) = await Kubectl.TryAsync("diff -f -", Changed);
        code.ShouldBe(1);
        output.ShouldContain("-  bucket: team-a-landing\n+  bucket: team-b-landing");
        (await RunAsync("get ups export -o jsonpath={.spec.bucket}")).ShouldBe("team-a-landing");
    }

    [Fact]
    public async Task Delete_removes_and_then_finds_nothing()
    {
        await RunAsync("apply -f -", Session);
        // Newer ones add the namespace.
        (await RunAsync("delete ups export")).ShouldStartWith("uploadsession.uploadsession.io \"export\" deleted");
        (await Kubectl.TryAsync("delete ups export")).Error.ShouldContain("uploadsessions.uploadsession.io \"export\" not found");
        (await RunAsync("delete ups export --ignore-not-found")).ShouldBe("");
    }
}

public sealed class EmbeddedKubectlWriteTests(EmbeddedServer server) : KubectlWriteTests(server);

public sealed class EnvtestKubectlWriteTests(EnvtestServer server) : KubectlWriteTests(server);
