using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class DeletionTests
{
    private const string A = Secrets + "/a";

    [Fact]
    public async Task What_an_object_owned_goes_with_it() => await WithApi(async api =>
    {
        var owner = await api.PostAsync(Widgets, Widget("w"));
        await api.PostAsync(Secrets, Secret("a", Owner("w", owner.Uid)));
        await api.PostAsync(Secrets, Secret("shared", $$""","ownerReferences":[{{Reference("w", owner.Uid)}},{{Reference("v", (await api.PostAsync(Widgets, Widget("v"))).Uid)}}]"""));
        await api.DeleteAsync(Widgets + "/w");
        await api.UntilAsync(A, 404);
        (await api.GetAsync(Secrets + "/shared")).Expect(200);
        await api.DeleteAsync(Widgets + "/v");
        await api.UntilAsync(Secrets + "/shared", 404);
    });

    [Fact]
    public async Task What_names_a_predecessor_as_its_owner_is_collected() => await WithApi(async api =>
    {
        var old = await api.PostAsync(Widgets, Widget("w"));
        await api.DeleteAsync(Widgets + "/w");
        await api.PostAsync(Widgets, Widget("w"));
        (await api.PostAsync(Secrets, Secret("a", Owner("w", old.Uid)))).Expect(201);
        await api.UntilAsync(A, 404);
    });

    [Fact]
    public async Task Orphans_stay_without_their_owner() => await WithApi(async api =>
    {
        var owner = await api.PostAsync(Widgets, Widget("w"));
        await api.PostAsync(Secrets, Secret("a", Owner("w", owner.Uid)));
        await api.DeleteAsync(Widgets + "/w", """{"propagationPolicy":"Orphan"}""");
        ((System.Text.Json.Nodes.JsonArray?)(await api.GetAsync(A)).Expect(200).Body["metadata"]!["ownerReferences"])?.Count.ShouldBe(0);
    });

    [Fact]
    public async Task A_namespace_is_emptied_and_then_removed() => await WithApi(async api =>
    {
        const string held = "/api/v1/namespaces/team/secrets/held";
        await api.PostAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team"}}""");
        await api.UntilAsync("/api/v1/namespaces/team/serviceaccounts/default", 200);
        await api.PostAsync("/api/v1/namespaces/team/secrets", Secret("a"));
        await api.PostAsync("/api/v1/namespaces/team/secrets", Secret("held", ""","finalizers":["example.org/hold"]"""));

        var deleting = (await api.DeleteAsync("/api/v1/namespaces/team")).Expect(200).Body;
        deleting["status"]!["phase"]!.ToString().ShouldBe("Terminating");
        await api.UntilAsync("/api/v1/namespaces/team/secrets/a", 404);
        var refused = (await api.PostAsync("/api/v1/namespaces/team/secrets", Secret("b"))).Expect(403);
        refused.Message.ShouldBe("secrets \"b\" is forbidden: unable to create new content in namespace team because it is being terminated");
        (await api.GetAsync(held)).Expect(200);
        await api.PatchAsync(held, MergePatch, """{"metadata":{"finalizers":null}}""");
        await api.UntilAsync("/api/v1/namespaces/team", 404);
    });

    [Fact]
    public async Task A_definition_takes_its_objects_along() => await WithApi(async api =>
    {
        var owner = await api.PostAsync(Widgets, Widget("w"));
        await api.PostAsync(Secrets, Secret("a", Owner("w", owner.Uid)));
        await using var watch = await api.WatchAsync(Widgets, $"resourceVersion={owner.Version}");
        await api.DeleteAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.org");
        (await watch.NextTextAsync()).ShouldStartWith("DELETED w@");
        (await api.GetAsync(Widgets)).Expect(404);
    });

    private static string Owner(string name, string uid) => $$""","ownerReferences":[{{Reference(name, uid)}}]""";

    private static string Reference(string name, string uid) => $$"""{"apiVersion":"example.org/v1","kind":"Widget","name":"{{name}}","uid":"{{uid}}","controller":{{(name == "w" ? "true" : "false")}}}""";

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
