using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using static Operator.Tests.Chart.Rendering.RenderedChart;

namespace Operator.Tests.Chart;

/// <summary>The chart gives the operator the rights of docs/install, which a test on the wire holds to what it uses.</summary>
public sealed class ChartRbacTests(ChartRenderer renderer)
{
    private const string Home = ChartRelease.DefaultNamespace;

    private static readonly OperatorManifests ClusterWide = OperatorManifests.ClusterWide(Home);
    private static readonly OperatorManifests Namespaced = OperatorManifests.Namespaced(Home, "team-a");

    public static TheoryData<string> Combinations => [.. ChartFiles.Combinations];

    [Fact]
    public async Task Cluster_wide_the_rights_are_those_of_the_plain_manifests()
    {
        var chart = await renderer.RenderAsync(new());
        RulesIn(null, chart).ShouldBe(RulesIn(null, ClusterWide));
        RulesIn(Home, chart).ShouldBe(RulesIn(Home, ClusterWide));
    }

    [Fact]
    public async Task With_namespaces_the_rights_are_those_of_the_plain_manifests_in_each()
    {
        var chart = await renderer.RenderAsync(new("namespaced"));
        RulesIn(null, chart).ShouldBe(RulesIn(null, Namespaced));
        RulesIn("team-a", chart).ShouldBe(RulesIn("team-a", Namespaced));
        RulesIn("team-b", chart).ShouldBe(RulesIn("team-a", Namespaced));
        RulesIn(Home, chart).ShouldBe(RulesIn(Home, Namespaced));
        chart.Flags["--namespaces"].ShouldBe("team-a,team-b");
    }

    [Fact]
    public async Task The_namespace_of_the_release_can_be_served_too()
    {
        var chart = await renderer.RenderAsync(new() { Values = $"namespaces: [{Home}]" });
        RulesIn(Home, chart).ShouldBe([.. RulesIn(Home, Namespaced), .. RulesIn("team-a", Namespaced)], ignoreOrder: true);
    }

    [Fact]
    public async Task Without_grants_neither_grants_nor_namespaces_are_read()
    {
        var chart = await renderer.RenderAsync(new() { Values = "grants: disabled" });
        RulesIn(null, chart).ShouldBe(RulesIn("team-a", Namespaced));
        chart = await renderer.RenderAsync(new("single-tenant"));
        chart.Of("ClusterRole", "ClusterRoleBinding").ShouldBeEmpty();
        RulesIn("team-a", chart).ShouldBe(RulesIn("team-a", Namespaced));
    }

    [Fact]
    public async Task Without_leader_election_there_is_no_right_to_leases() =>
        (await renderer.RenderAsync(new("single-replica"))).Of("Role", "RoleBinding").ShouldBeEmpty();

    [Fact]
    public async Task Tokens_can_be_asked_of_the_named_ServiceAccounts_only()
    {
        var chart = await renderer.RenderAsync(new("service-account-identity"));
        RulesIn("team-b", chart).ShouldBe(RulesIn("team-b", OperatorManifests.ServiceAccounts(Home, "team-b")));
        RulesIn("team-a", chart).ShouldAllBe(rule => rule.Contains("resourceNames=[\"exporter\",\"importer\"]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UploadSessions_join_the_roles_of_Kubernetes_and_grants_do_not()
    {
        var roles = (await renderer.RenderAsync(new())).Of("ClusterRole").Where(IsAggregated).ToDictionary(Name, role => role);
        roles.Keys.ShouldBe(["upload-session-operator-view", "upload-session-operator-edit"], ignoreOrder: true);
        roles.Values.SelectMany(OperatorManifests.GrantedBy).ShouldAllBe(permission => permission.Resource == "uploadsessions");
        OperatorManifests.GrantedBy(roles["upload-session-operator-view"]).Select(permission => permission.Verb).ShouldBe(["get", "list", "watch"]);
        Map(roles["upload-session-operator-edit"]["metadata"]!["labels"]).ShouldNotContainKey("rbac.authorization.k8s.io/aggregate-to-view");
        (await renderer.RenderAsync(new("namespaced"))).Of("ClusterRole").ShouldNotContain(role => IsAggregated(role));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Every_binding_binds_a_role_of_the_chart_to_the_pods_ServiceAccount(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination));
        var account = chart.Pod["spec"]!["serviceAccountName"]!.GetValue<string>();
        foreach (var created in chart.Of("ServiceAccount"))
            Name(created).ShouldBe(account);
        var bindings = chart.Of("ClusterRoleBinding", "RoleBinding");
        foreach (var binding in bindings)
        {
            var subject = binding["subjects"]!.AsArray().ShouldHaveSingleItem()!;
            Map(subject).ShouldBe(new Dictionary<string, string> { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = Home }, ignoreOrder: true);
        }

        chart.Of("ClusterRole", "Role").Where(role => !IsAggregated(role)).Select(role => $"{Kind(role)} {Namespace(role)} {Name(role)}").Order()
            .ShouldBe(bindings.Select(binding => $"{binding["roleRef"]!["kind"]} {Namespace(binding)} {binding["roleRef"]!["name"]}").Order());
    }

    private static string[] RulesIn(string? ns, RenderedChart chart) => Rules(ns, chart.Objects);

    private static string[] RulesIn(string? ns, OperatorManifests manifests) => Rules(ns, manifests.Identity);

    /// <summary>What is allowed in one namespace, or (null) over the whole cluster, but for the roles that are there for people.</summary>
    private static string[] Rules(string? ns, IEnumerable<JsonNode> objects) =>
    [
        .. objects.Where(role => Kind(role) == (ns is null ? "ClusterRole" : "Role") && Namespace(role) == ns && !IsAggregated(role))
            .SelectMany(role => role["rules"]!.AsArray())
            .Select(rule => string.Join(' ', rule!.AsObject().OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value!.ToJsonString()}")))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsAggregated(JsonNode role) =>
        role["metadata"]!["labels"] is { } labels && Map(labels).Keys.Any(label => label.StartsWith("rbac.authorization.k8s.io/aggregate-to-", StringComparison.Ordinal));
}
