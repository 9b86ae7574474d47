using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using static Operator.Tests.Chart.Rendering.RenderedChart;

namespace Operator.Tests.Chart;

/// <summary>What holds for the chart's objects, whatever the values.</summary>
public sealed class ChartObjectsTests(ChartRenderer renderer)
{
    private static readonly string[] ClusterKinds = ["ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition", "UploadGrant"];

    /// <summary>The longest name that Helm takes for a release.</summary>
    private static readonly string LongName = new('r', 53);

    public static TheoryData<string> Combinations => [.. ChartFiles.Combinations];

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Names_are_unique_and_short_enough_for_every_kind(string combination)
    {
        foreach (var name in new[] { "uso", LongName })
        {
            var chart = await renderer.RenderAsync(new(combination) { Name = name });
            chart.Objects.Select(rendered => $"{Kind(rendered)} {Namespace(rendered)}/{Name(rendered)}").ShouldBeUnique();
            chart.Objects.ShouldAllBe(rendered => Name(rendered).Length <= 63);
            chart.Objects.Where(rendered => Kind(rendered) is not "CustomResourceDefinition").SelectMany(rendered => Map(rendered["metadata"]!["labels"]))
                .ShouldAllBe(label => label.Value.Length <= 63);
        }
    }

    [Fact]
    public async Task A_second_release_of_another_name_shares_no_object_with_the_first()
    {
        var first = await renderer.RenderAsync(new() { Values = "namespaces: [team-a]" });
        var second = await renderer.RenderAsync(new() { Name = "store-operator", Namespace = "store-sessions", Values = "{ namespaces: [team-b], crds: { install: false } }" });
        second.Objects.Select(Identity).Intersect(first.Objects.Select(Identity)).ShouldBeEmpty();
        second.Objects.Count.ShouldBeGreaterThan(10);

        static string Identity(JsonNode rendered) => $"{Kind(rendered)} {Namespace(rendered)}/{Name(rendered)}";
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Objects_say_their_namespace_and_only_Roles_are_in_others_than_the_release_s(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination) { Namespace = "uploads-system" });
        foreach (var rendered in chart.Objects)
        {
            if (ClusterKinds.Contains(Kind(rendered)))
                Namespace(rendered).ShouldBeNull(Name(rendered));
            else if (Kind(rendered) is "Role" or "RoleBinding")
                Namespace(rendered).ShouldBeOneOf("uploads-system", "team-a", "team-b");
            else
                Namespace(rendered).ShouldBe("uploads-system", Name(rendered));
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Numbers_render_alike_in_every_release_of_Helm_and_with_set(string combination)
    {
        var text = await renderer.TextAsync(new(combination));
        (await renderer.TextAsync(new(combination) { Numbers = "int64" })).ShouldBe(text);
        (await renderer.TextAsync(new(combination) { Numbers = "json.Number" })).ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Every_selector_selects_the_operator_s_pods(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination));
        var pod = Map(chart.Pod["metadata"]!["labels"]);
        JsonNode?[] selectors =
        [
            chart.Deployment["spec"]!["selector"]!["matchLabels"],
            .. chart.Of("Service").Select(service => service["spec"]!["selector"]),
            .. chart.Of("NetworkPolicy").Select(policy => policy["spec"]!["podSelector"]!["matchLabels"]),
            .. chart.Of("PodDisruptionBudget", "PodMonitor").Select(rendered => rendered["spec"]!["selector"]!["matchLabels"]),
            .. (chart.Pod["spec"]!["topologySpreadConstraints"]?.AsArray() ?? []).Select(spread => spread!["labelSelector"]!["matchLabels"]),
        ];
        foreach (var selector in selectors)
        {
            Map(selector).Count.ShouldBe(2);
            Map(selector).ShouldBeSubsetOf(pod);
        }
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Every_port_is_the_one_that_the_operator_listens_on(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination));
        var port = chart.Container["ports"]!.AsArray().ShouldHaveSingleItem()!;
        chart.Flags["--http-address"].ShouldEndWith($":{port["containerPort"]}");
        foreach (var probe in new[] { "livenessProbe", "readinessProbe" })
            chart.Container[probe]!["httpGet"]!["port"]!.GetValue<string>().ShouldBe(port["name"]!.GetValue<string>());
        foreach (var service in chart.Of("Service"))
            service["spec"]!["ports"]![0]!["targetPort"]!.GetValue<string>().ShouldBe(port["name"]!.GetValue<string>());
        foreach (var policy in chart.Of("NetworkPolicy"))
            policy["spec"]!["ingress"]!.AsArray().ShouldHaveSingleItem()!["ports"]![0]!["port"]!.GetValue<long>().ShouldBe(port["containerPort"]!.GetValue<long>());
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Common_labels_are_on_every_object_of_the_chart_and_select_nothing(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination) { Values = "{ commonLabels: { example.com/cost: '12' }, extraObjects: [] }" });
        foreach (var rendered in chart.Objects)
            Map(rendered["metadata"]!["labels"])["example.com/cost"].ShouldBe("12", Name(rendered));
        Map(chart.Pod["metadata"]!["labels"]).ShouldNotContainKey("example.com/cost");
        chart.Deployment["spec"]!["selector"]!.ToJsonString().ShouldNotContain("cost");
        chart.Of("Service", "ServiceMonitor").ShouldAllBe(rendered => !rendered["spec"]!.ToJsonString().Contains("cost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Extra_objects_are_there_as_given_and_their_texts_are_templates()
    {
        var none = await renderer.RenderAsync(new());
        var some = await renderer.RenderAsync(new()
        {
            Namespace = "uploads-system",
            Values = """
                extraObjects:
                  - { apiVersion: v1, kind: Secret, metadata: { name: "{{ .Release.Name }}-keys", namespace: "{{ .Release.Namespace }}" }, stringData: { a: "1", b: '{{ "{{ .b }}" }}' } }
                  - { apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: { name: x }, spec: { limit: 1000000, active: true } }
                """,
        });
        some.Objects.Count.ShouldBe(none.Objects.Count + 2);
        some.Of("Secret").Single().ToJsonString()
            .ShouldBe("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"upload-session-operator-keys","namespace":"uploads-system"},"stringData":{"a":"1","b":"{{ .b }}"}}""");
        some.Of("ExternalSecret").Single()["spec"]!.ToJsonString().ShouldBe("""{"active":true,"limit":1000000}""");
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("stsEndpoint: 'https://store.example'", true)]
    [InlineData("{ stsEndpoint: 'https://store.example', extraEnv: [{ name: SSL_CERT_DIR, value: /ca }] }", true)]
    [InlineData("{ stsEndpoint: 'https://store.example', extraEnv: [{ name: AWS_ACCESS_KEY_ID, value: x }] }", false)]
    [InlineData("{ stsEndpoint: 'https://store.example', extraEnv: [{ name: AWS_SHARED_CREDENTIALS_FILE, value: /keys }] }", false)]
    [InlineData("{ stsEndpoint: 'https://store.example', serviceAccountIdentity: { enabled: true, tokenAudience: x } }", false)]
    public async Task Notes_say_that_the_operator_needs_keys_of_the_store(string values, bool said)
    {
        var notes = await renderer.TextAsync(new() { Values = values, Notes = true });
        notes.Contains("the operator needs keys of the store", StringComparison.Ordinal).ShouldBe(said);
        notes.Contains("docs/s3-compatible.md", StringComparison.Ordinal).ShouldBe(said);
        notes.Contains("needs an AWS identity", StringComparison.Ordinal).ShouldBe(values == "{}");
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Notes_render(string combination) => (await renderer.TextAsync(new(combination) { Notes = true })).ShouldContain("kubectl get uploadsessions");
}
