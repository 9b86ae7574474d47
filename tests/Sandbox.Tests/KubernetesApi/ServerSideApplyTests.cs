using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

/// <summary>What was seen on real API servers (1.20 and 1.36), held fast.</summary>
public sealed class ServerSideApplyTests
{
    private const string A = Secrets + "/a";

    [Fact]
    public async Task A_manager_of_object_and_status_keeps_both() => await WithApi(async api =>
    {
        await api.ApplyAsync(Widgets + "/w", "m", Widget("w", "\"size\":\"big\",\"code\":\"ab\""));
        await api.ApplyAsync(Widgets + "/w/status", "m", Widget("w", rest: ""","status":{"note":"n"}"""));
        var applied = await api.ApplyAsync(Widgets + "/w", "m", Widget("w"));
        applied.Body["spec"]!["code"].ShouldBeNull();
        applied.Body["status"]!["note"]!.ToString().ShouldBe("n");
        applied.Owners["m/Apply"].ShouldBe("""{"f:spec":{"f:size":{}}}""");
        applied.Owners["m/Apply/status"].ShouldBe("""{"f:status":{"f:note":{}}}""");
    });

    [Fact]
    public async Task An_apply_may_be_yaml_and_may_answer_with_metadata_only() => await WithApi(async api =>
    {
        var created = await api.ApplyAsync(A, "m", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\nstringData:\n  k: hunter2\n", accept: MetadataOnly);
        created.Expect(201).Body["kind"]!.ToString().ShouldBe("PartialObjectMetadata");
        created.Text.ShouldNotContain("aHVudGVyMg");
        (await api.GetAsync(A)).Body["data"]!["k"]!.ToString().ShouldBe("aHVudGVyMg==");
    });

    [Fact]
    public async Task Applying_over_an_object_without_owners_keeps_what_was_there() => await WithApi(async api =>
    {
        await api.PostAsync(Secrets, Secret("a", data: "\"a\":\"YQ==\",\"b\":\"YQ==\""));
        await api.PatchAsync(A, MergePatch, """{"metadata":{"managedFields":[{}]}}""");
        (await api.GetAsync(A)).Owners.ShouldBeEmpty();
        var applied = (await api.ApplyAsync(A, "m", Secret("a"))).Expect(200);
        applied.Owners.Keys.ShouldBe(["m/Apply", "before-first-apply/Update"], ignoreOrder: true);
    });

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
