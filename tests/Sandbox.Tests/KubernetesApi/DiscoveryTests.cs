using System.Text.Json.Nodes;
using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class DiscoveryTests
{
    [Fact]
    public async Task Groups_and_resources_are_told_with_their_verbs() => await WithApi(async api =>
    {
        (await api.GetAsync("/apis")).Expect(200).Body["groups"]!.AsArray().Select(group => group!["name"]!.ToString())
            .ShouldBe(["events.k8s.io", "coordination.k8s.io", "apiextensions.k8s.io", "example.org", "authorization.k8s.io", "authentication.k8s.io"], ignoreOrder: true);
        (await api.GetAsync("/apis/example.org")).Body["preferredVersion"]!["groupVersion"]!.ToString().ShouldBe("example.org/v1");
        var widgets = (JsonArray)(await api.GetAsync("/apis/example.org/v1")).Expect(200).Body["resources"]!;
        widgets.Select(resource => resource!["name"]!.ToString()).ShouldBe(["widgets", "widgets/status"]);
        widgets[0]!["shortNames"]!.ToJsonString().ShouldBe("""["wd"]""");
        widgets[0]!["verbs"]!.ToJsonString().ShouldBe("""["create","delete","deletecollection","get","list","patch","update","watch"]""");
        ((JsonArray)(await api.GetAsync("/api/v1")).Body["resources"]!).ShouldContain(resource => resource!["name"]!.ToString() == "serviceaccounts/token");
    });

    [Fact]
    public async Task A_patch_is_known_to_take_field_validation() => await WithApi(async api =>
    {
        var index = (await api.GetAsync("/openapi/v3")).Expect(200).Body["paths"]!;
        var document = (await api.GetAsync(index["apis/example.org/v1"]!["serverRelativeURL"]!.ToString())).Expect(200).Body;
        var patch = document["paths"]!["/apis/example.org/v1/namespaces/{namespace}/widgets/{name}"]!["patch"]!;
        patch["parameters"]!.AsArray().Select(parameter => parameter!["name"]!.ToString()).ShouldContain("fieldValidation");
        document["components"]!["schemas"]!["org.example.v1.Widget"]!["properties"]!["spec"].ShouldNotBeNull();
    });

    [Fact]
    public async Task Older_clients_get_a_swagger_document_as_json_or_protobuf() => await WithApi(async api =>
    {
        var definition = (await api.GetAsync("/openapi/v2")).Expect(200).Body["definitions"]!["org.example.v1.Widget"]!;
        definition["properties"]!["spec"]!["required"]!.ToJsonString().ShouldBe("""["size"]""");
        var protobuf = (await api.GetAsync("/openapi/v2", "application/com.github.proto-openapi.spec.v2@v1.0+protobuf")).Expect(200).Text;
        protobuf.ShouldContain("org.example.v1.Widget");
        protobuf.ShouldContain("""[{"group":"example.org","version":"v1","kind":"Widget"}]""");
    });

    [Fact]
    public async Task Unknown_paths_are_not_found() => await WithApi(async api => (await api.GetAsync("/nope")).Expect(404).Text.ShouldBe("404 page not found\n"));

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
