using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class EventTests
{
    private const string Events = "/apis/events.k8s.io/v1/namespaces/default/events";

    private const string Whole = """
        "eventTime":"2026-11-23T23:36:42.123456Z","action":"Issue","reason":"Issued","type":"Normal","reportingController":"uploadsession.io/operator","reportingInstance":"op-1",
        "regarding":{"kind":"Widget","namespace":"default","name":"w"},"note":"hello"
        """;

    [Theory]
    [InlineData("\"action\":\"Issue\"", "\"action\":\"\"", "action: Required value")]
    [InlineData("\"reason\":\"Issued\"", "\"reason\":\"\"", "reason: Required value")]
    [InlineData("\"reportingInstance\":\"op-1\"", "\"reportingInstance\":\"\"", "reportingInstance: Required value")]
    [InlineData("\"type\":\"Normal\"", "\"type\":\"Bad\"", "type: Invalid value: \"\": has invalid value: Bad")]
    [InlineData("uploadsession.io/operator", "not a name", "reportingController: Invalid value: \"not a name\"")]
    [InlineData("\"eventTime\":\"2026-11-23T23:36:42.123456Z\",", "", "eventTime: Required value")]
    public async Task An_event_lacks_nothing(string text, string replacement, string fault) => await WithApi(async api =>
        (await api.PostAsync(Events, Event("e", Whole.Replace(text, replacement, StringComparison.Ordinal)))).Expect(422).Message.ShouldContain(fault));

    [Fact]
    public async Task Notes_and_instances_have_limits() => await WithApi(async api =>
    {
        (await api.PostAsync(Events, Event("e", Whole.Replace("hello", new string('n', 1025), StringComparison.Ordinal)))).Expect(422).Message.ShouldContain("can have at most 1024 characters");
        (await api.PostAsync(Events, Event("e", Whole.Replace("op-1", new string('i', 129), StringComparison.Ordinal)))).Expect(422).Message.ShouldContain("can have at most 128 characters");
        (await api.PostAsync(Events, Event("e", Whole.Replace("hello", new string('n', 1024), StringComparison.Ordinal)))).Expect(201);
    });

    [Fact]
    public async Task Events_of_cluster_scoped_objects_lie_in_default() => await WithApi(async api =>
    {
        var clusterScoped = Whole.Replace("\"namespace\":\"default\",", "", StringComparison.Ordinal);
        (await api.PostAsync(Events, Event("e", clusterScoped))).Expect(201);
        await api.PostAsync("/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"team"}}""");
        (await api.PostAsync(Events.Replace("default", "team", StringComparison.Ordinal), Event("e", clusterScoped))).Expect(422).Message.ShouldContain("does not match event.namespace");
    });

    [Fact]
    public async Task Only_the_series_of_an_event_changes() => await WithApi(async api =>
    {
        await api.PostAsync(Events, Event("e", Whole));
        (await api.PatchAsync(Events + "/e", MergePatch, """{"series":{"count":2,"lastObservedTime":"2026-11-23T23:40:00.000000Z"}}""")).Expect(200);
        (await api.PatchAsync(Events + "/e", MergePatch, """{"reason":"Other"}""")).Expect(422).Message.ShouldContain("reason: Invalid value: \"Other\": field is immutable");
    });

    private static string Event(string name, string fields) => $$$"""{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"{{{name}}}"},{{{fields}}}}""";

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
