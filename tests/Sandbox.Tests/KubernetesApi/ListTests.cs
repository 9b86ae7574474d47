using System.Text.Json.Nodes;
using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class ListTests
{
    [Fact]
    public async Task Items_of_built_in_lists_come_without_their_type_and_those_of_custom_ones_with_it() => await WithApi(async api =>
    {
        await api.PostAsync(Secrets, Secret("a"));
        await api.PostAsync(Widgets, Widget("w"));
        var secrets = (await api.GetAsync("/api/v1/secrets")).Expect(200).Body;
        secrets["kind"]!.ToString().ShouldBe("SecretList");
        secrets["items"]![0]!["kind"].ShouldBeNull();
        secrets["items"]![0]!["data"]!["a"]!.ToString().ShouldBe("YQ==");
        (await api.GetAsync(Widgets)).Body["items"]![0]!["kind"]!.ToString().ShouldBe("Widget");
    });

    [Theory]
    [InlineData(Secrets, "fieldSelector=foo%3Dx", "field label not supported: foo")]
    [InlineData(Widgets, "fieldSelector=spec.size%3Dx", "field label not supported: spec.size")]
    [InlineData("/api/v1/configmaps", "fieldSelector=foo%3Dx", "\"foo\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")]
    public async Task Other_fields_cannot_be_selected_by(string path, string query, string message) => await WithApi(async api =>
        (await api.GetAsync($"{path}?{query}")).Expect(400).Message.ShouldBe(message));

    [Fact]
    public async Task A_forgotten_page_is_gone_and_a_foreign_token_is_bad() => await WithApi(async api =>
    {
        await api.PostAsync(Secrets, Secret("a"));
        await api.PostAsync(Secrets, Secret("b"));
        var token = Uri.EscapeDataString((await api.GetAsync(Secrets + "?limit=1")).Body["metadata"]!["continue"]!.ToString());
        api.Server.Faults.ExpireHistory();
        (await api.GetAsync($"{Secrets}?limit=1&continue={token}")).Expect(410);
        (await api.GetAsync($"{Secrets}?continue=nonsense")).Expect(400);
    });

    [Fact]
    public async Task A_table_has_the_columns_that_kubectl_prints() => await WithApi(async api =>
    {
        await api.PostAsync(Widgets, Widget("w", "\"size\":\"big\",\"parts\":[\"x\",\"y\"]"));
        await api.PatchAsync(Widgets + "/w/status", MergePatch, """{"status":{"conditions":[{"type":"Old","status":"No"},{"type":"Ready","status":"True"}]}}""");
        var table = (await api.GetAsync(Widgets, AsTable)).Expect(200).Body;
        table["columnDefinitions"]!.AsArray().Select(column => column!["name"]!.ToString()).ShouldBe(["Name", "Ready", "Size", "Parts", "Age"]);
        table["rows"]![0]!["cells"]!.AsArray().Take(4).Select(cell => cell!.ToString()).ShouldBe(["w", "True", "big", "x,y"]);
        table["rows"]![0]!["object"]!["kind"]!.ToString().ShouldBe("PartialObjectMetadata");
    });

    [Fact]
    public async Task Only_json_is_spoken() => await WithApi(async api =>
    {
        (await api.GetAsync(Secrets, "application/vnd.kubernetes.protobuf")).Expect(406);
        (await api.GetAsync(Secrets, "application/vnd.kubernetes.protobuf,application/json")).Expect(200);
    });

    private static string Names(Answer list) => string.Join(",", ((JsonArray)list.Expect(200).Body["items"]!).Select(item => item!["metadata"]!["name"]));

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
