using Sandbox.Tests.KubernetesApi.Support;
using TestServers.Running;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class CustomResourceTests
{
    [Fact]
    public async Task A_definition_serves_at_once_and_says_so() => await WithApi(async api =>
    {
        var definition = await api.GetAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.org");
        definition.Expect(200).Body["status"]!["conditions"]!.AsArray().Select(condition => $"{condition!["type"]}={condition["status"]}").ShouldBe(["NamesAccepted=True", "Established=True"]);
        definition.Body["status"]!["storedVersions"]!.ToJsonString().ShouldBe("""["v1"]""");
        (await api.GetAsync("/apis/example.org/v1/widgets")).Expect(200).Body["kind"]!.ToString().ShouldBe("WidgetList");
    });

    [Fact]
    public async Task Defaults_are_filled_in() => await WithApi(async api =>
    {
        var created = await api.PostAsync(Widgets, Widget("w"));
        created.Body["spec"]!["color"]!.ToString().ShouldBe("grey");
        created.Body["status"]!["observedGeneration"]!.GetValue<int>().ShouldBe(-1);
    });

    [Theory]
    [InlineData("\"size\":\"huge\"", "spec.size: Unsupported value: \"huge\": supported values: \"small\", \"big\"")]
    [InlineData("\"code\":\"ab\"", "spec.size: Required value")]
    [InlineData("\"size\":\"big\",\"code\":\"AB\"", "spec.code: Invalid value: \"AB\": spec.code in body should match '^[a-z]+$'")]
    [InlineData("\"size\":\"big\",\"code\":\"a\"", "spec.code: Invalid value: \"a\": spec.code in body should be at least 2 chars long")]
    [InlineData("\"size\":\"big\",\"code\":\"abcde\"", "spec.code: Too long: may not be longer than 4")]
    [InlineData("\"size\":\"big\",\"count\":0", "spec.count: Invalid value: 0: spec.count in body should be greater than or equal to 1")]
    [InlineData("\"size\":\"big\",\"count\":\"1\"", "spec.count: Invalid value: \"string\": spec.count in body must be of type integer: \"string\"")]
    [InlineData("\"size\":\"big\",\"count\":1.5", "spec.count: Invalid value: \"number\": spec.count in body must be of type integer: \"number\"")]
    [InlineData("\"size\":\"big\",\"parts\":[\"a\",\"b\",\"c\"]", "spec.parts: Too many: 3: must have at most 2 items")]
    [InlineData("\"size\":\"big\",\"parts\":[\"a\",\"abcdef\"]", "spec.parts[1]: Too long: may not be longer than 5")]
    [InlineData("\"size\":\"big\",\"labels\":{\"a\":\"1\",\"b\":\"2\"}", "spec.labels: Too many: 2: must have at most 1 item")]
    [InlineData("\"size\":\"big\",\"due\":\"tomorrow\"", "spec.due: Invalid value: \"tomorrow\": spec.due in body must be of type date-time: \"tomorrow\"")]
    [InlineData("\"size\":\"big\",\"members\":[\"a\",\"a\"]", "spec.members[1]: Duplicate value: \"a\"")]
    [InlineData("\"size\":\"big\",\"port\":true", "spec.port: Invalid value: \"boolean\": spec.port in body must be of type integer,string: \"boolean\"")]
    public async Task An_invalid_object_is_refused_in_the_real_servers_words(string spec, string fault) => await WithApi(async api =>
    {
        var answer = (await api.PostAsync(Widgets, Widget("w", spec))).Expect(422);
        answer.Message.ShouldBe($"Widget.example.org \"w\" is invalid: {fault}");
        answer.Body["details"]!["causes"]![0]!["field"]!.ToString().ShouldBe(fault[..fault.IndexOf(": ", StringComparison.Ordinal)]);
    });

    [Fact]
    public async Task Several_faults_are_listed() => await WithApi(async api =>
        (await api.PostAsync(Widgets, Widget("w", "\"size\":\"huge\",\"count\":0"))).Expect(422).Message.ShouldStartWith("Widget.example.org \"w\" is invalid: [spec."));

    [Fact]
    public async Task Unknown_fields_are_dropped_warned_of_or_refused() => await WithApi(async api =>
    {
        const string spec = "\"size\":\"big\",\"foo\":1,\"nested\":{\"bar\":1},\"open\":{\"any\":1}";
        var dropped = (await api.PostAsync(Widgets, Widget("a", spec))).Expect(201).Body["spec"]!;
        dropped.ToJsonString().ShouldBe("""{"size":"big","nested":{},"open":{"any":1},"color":"grey"}""");
        (await api.PostAsync(Widgets + "?fieldValidation=Warn", Widget("b", spec))).Expect(201).Warnings
            .ShouldBe(["299 - \"unknown field \\\"spec.foo\\\"\"", "299 - \"unknown field \\\"spec.nested.bar\\\"\""]);
        (await api.PostAsync(Widgets + "?fieldValidation=Strict", Widget("c", spec))).Expect(400).Message
            .ShouldBe("Widget in version \"v1\" cannot be handled as a Widget: strict decoding error: unknown field \"spec.foo\", unknown field \"spec.nested.bar\"");
    });

    [Fact]
    public async Task A_null_is_kept_only_where_the_schema_allows_it() => await WithApi(async api =>
    {
        (await api.PostAsync(Widgets, Widget("a", "\"size\":\"big\",\"nested\":{\"text\":null}"))).Expect(201).Body["spec"]!["nested"]!.ToJsonString().ShouldBe("""{"text":null}""");
        (await api.PostAsync(Widgets, Widget("b", "\"size\":\"big\",\"color\":null"))).Expect(201).Body["spec"]!["color"]!.ToString().ShouldBe("grey");
    });

    [Theory]
    [InlineData("scope: Namespaced", "scope: Galactic", "spec.scope: Unsupported value")]
    [InlineData("name: widgets.example.org", "name: things.example.org", "metadata.name: Invalid value")]
    [InlineData("storage: true", "storage: false", "must have exactly one version marked as storage version")]
    [InlineData("pattern: '^[a-z]+$'", "pattern: '^[a-z'", "must be a valid regular expression")]
    public async Task A_faulty_definition_is_refused(string text, string replacement, string fault)
    {
        await using var api = await StartAsync(options => options with { CustomResourceDefinitions = [] });
        var yaml = WidgetDefinition.Yaml.Replace(text, replacement, StringComparison.Ordinal);
        yaml.ShouldNotBe(WidgetDefinition.Yaml);
        (await api.SendAsync(HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", yaml, "application/yaml")).Expect(422).Message.ShouldContain(fault);
    }

    [Fact]
    public async Task The_projects_own_definitions_install_and_serve()
    {
        await using var api = await StartAsync(options => options with { CustomResourceDefinitions = Repository.Crds });
        const string session = """
            {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","metadata":{"name":"s"},"spec":{"roleArn":"arn:aws:iam::123456789012:role/uploads","bucket":"team-a-landing"}}
            """;
        (await api.PostAsync("/apis/uploadsession.io/v1alpha1/namespaces/default/uploadsessions?fieldValidation=Strict", session)).Expect(201)
            .Body["status"]!["observedGeneration"]!.GetValue<int>().ShouldBe(-1);
    }

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
