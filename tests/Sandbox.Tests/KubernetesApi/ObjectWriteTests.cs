using System.Text.Json.Nodes;
using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class ObjectWriteTests
{
    [Fact]
    public async Task A_created_object_gets_what_the_server_owns()
    {
        await using var api = await StartAsync();
        var created = (await api.PostAsync(Secrets, Secret("a", ""","uid":"mine","generation":7"""))).Expect(201);

        Guid.TryParse(created.Uid, out _).ShouldBeTrue();
        created.Body["metadata"]!["namespace"]!.ToString().ShouldBe("default");
        created.Body["metadata"]!["generation"].ShouldBeNull();
        created.Body["metadata"]!["creationTimestamp"]!.ToString().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");
        created.Body["type"]!.ToString().ShouldBe("Opaque");
        created.Owners["tester/Update"].ShouldBe("""{"f:data":{".":{},"f:a":{}},"f:type":{}}""");
        (await api.GetAsync(Secrets + "/a")).Text.ShouldBe(created.Text);
    }

    [Fact]
    public async Task A_dry_run_answers_and_changes_nothing() => await WithApi(async api =>
    {
        (await api.PostAsync(Secrets + "?dryRun=All", Secret("a"))).Expect(201).Body["metadata"]!["uid"].ShouldNotBeNull();
        (await api.GetAsync(Secrets + "/a")).Expect(404);
        var created = await api.PostAsync(Secrets, Secret("a"));
        (await api.PatchAsync(Secrets + "/a?dryRun=All", MergePatch, """{"data":{"b":"Yg=="}}""")).Expect(200).Body["data"]!["b"].ShouldNotBeNull();
        (await api.DeleteAsync(Secrets + "/a?dryRun=All")).Expect(200);
        (await api.GetAsync(Secrets + "/a")).Text.ShouldBe(created.Text);
    });

    [Fact]
    public async Task A_fault_never_quotes_a_secret() => await WithApi(async api =>
    {
        (await api.PostAsync(Secrets, Secret("a", data: "\"a\":\"hunter2!\""))).Expect(400).Text.ShouldNotContain("hunter2");
        (await api.PostAsync(Secrets, """{"apiVersion":"v1","kind":"Secret","data":{"a":"hunter2",,}""")).Expect(400).Text.ShouldNotContain("hunter2");
        await api.PostAsync(Secrets, Secret("b"));
        (await api.PatchAsync(Secrets + "/b?fieldValidation=Strict", MergePatch, """{"foo":"hunter2"}""")).Expect(400).Text.ShouldNotContain("hunter2");
    });

    [Fact]
    public async Task Concurrent_writers_lose_nothing() => await WithApi(async api =>
    {
        await api.PostAsync(Secrets, Secret("a"));
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async writer =>
            (await api.PatchAsync(Secrets + "/a", MergePatch, $$$"""{"data":{"k{{{writer}}}":"YQ=="}}""")).Expect(200)));
        ((JsonObject)(await api.GetAsync(Secrets + "/a")).Body["data"]!).Count.ShouldBe(21);
    });

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
