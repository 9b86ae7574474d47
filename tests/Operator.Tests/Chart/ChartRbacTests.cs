using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using static Operator.Tests.Chart.Rendering.RenderedChart;

namespace Operator.Tests.Chart;

/// <summary>The chart gives the operator the rights of docs/install, which a test on the wire holds to what it uses.</summary>
public sealed class ChartRbacTests(ChartRenderer renderer)
{
    private static readonly Permission[] Granted = [.. OperatorManifests.ClusterWide(ChartRelease.DefaultNamespace).Granted];
    private static readonly string[] Election = [.. Granted.Where(permission => permission.Resource == "leases").Select(Text)];
    private static readonly string[] OfGrants = [.. Granted.Where(permission => permission.Resource == "uploadgrants").Select(Text)];
    private static readonly string[] OfNamespaces = [.. Granted.Where(permission => permission.Resource == "namespaces").Select(Text)];
    private static readonly string[] OfSessions = [.. Granted.Select(Text).Except([.. Election, .. OfGrants, .. OfNamespaces])];

    public static TheoryData<string> Combinations => [.. ChartFiles.Combinations];

    [Fact]
    public async Task Cluster_wide_the_rights_are_those_of_the_plain_manifests()
    {
        var chart = await renderer.RenderAsync(new());
        ShouldHold(chart, null, [.. OfSessions, .. OfGrants, .. OfNamespaces]);
        ShouldHold(chart, ChartRelease.DefaultNamespace, Election);
    }

    [Fact]
    public async Task With_namespaces_only_the_grants_are_read_cluster_wide()
    {
        var chart = await renderer.RenderAsync(new("namespaced"));
        ShouldHold(chart, null, OfGrants);
        ShouldHold(chart, "team-a", OfSessions);
        ShouldHold(chart, "team-b", OfSessions);
        ShouldHold(chart, ChartRelease.DefaultNamespace, Election);
        chart.Flags["--namespaces"].ShouldBe("team-a,team-b");
    }

    [Fact]
    public async Task The_namespace_of_the_release_can_be_served_too()
    {
        var chart = await renderer.RenderAsync(new() { Values = $"namespaces: [{ChartRelease.DefaultNamespace}]" });
        ShouldHold(chart, ChartRelease.DefaultNamespace, [.. OfSessions, .. Election]);
    }

    [Fact]
    public async Task Without_grants_neither_grants_nor_namespaces_are_read()
    {
        ShouldHold(await renderer.RenderAsync(new() { Values = "grants: disabled" }), null, OfSessions);
        var chart = await renderer.RenderAsync(new("single-tenant"));
        chart.Of("ClusterRole", "ClusterRoleBinding").ShouldBeEmpty();
        ShouldHold(chart, "team-a", OfSessions);
    }

    [Fact]
    public async Task Without_leader_election_there_is_no_right_to_leases() =>
        (await renderer.RenderAsync(new("single-replica"))).Of("Role", "RoleBinding").ShouldBeEmpty();

    [Fact]
    public async Task Tokens_can_be_asked_of_the_named_ServiceAccounts_only()
    {
        var chart = await renderer.RenderAsync(new("service-account-identity"));
        var role = chart.Of("Role").Single(role => Namespace(role) == "team-a");
        role["rules"]!.AsArray().Select(rule => rule!.ToJsonString()).ShouldBe(
        [
            """{"apiGroups":[""],"resources":["serviceaccounts"],"resourceNames":["exporter","importer"],"verbs":["get"]}""",
            """{"apiGroups":[""],"resources":["serviceaccounts/token"],"resourceNames":["exporter","importer"],"verbs":["create"]}""",
        ]);
        ShouldHold(chart, "team-b", ["create serviceaccounts/token", "get serviceaccounts"]);
        ShouldHold(await renderer.RenderAsync(new("service-account-identity") { Values = "serviceAccountIdentity: { enabled: false }" }), "team-a", []);
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
            Map(subject).ShouldBe(new Dictionary<string, string> { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = ChartRelease.DefaultNamespace }, ignoreOrder: true);
        }

        chart.Of("ClusterRole", "Role").Where(role => !IsAggregated(role)).Select(role => $"{Kind(role)} {Namespace(role)} {Name(role)}").Order()
            .ShouldBe(bindings.Select(binding => $"{binding["roleRef"]!["kind"]} {Namespace(binding)} {binding["roleRef"]!["name"]}").Order());
    }

    /// <summary>The rights in one namespace alone, or over the whole cluster.</summary>
    private static void ShouldHold(RenderedChart chart, string? ns, IEnumerable<string> permissions) =>
        chart.Of(ns is null ? "ClusterRole" : "Role").Where(role => Namespace(role) == ns && !IsAggregated(role))
            .SelectMany(OperatorManifests.GrantedBy).Select(Text).Order().ShouldBe(permissions.Order());

    private static bool IsAggregated(JsonNode role) =>
        Map(role["metadata"]!["labels"]).Keys.Any(label => label.StartsWith("rbac.authorization.k8s.io/aggregate-to-", StringComparison.Ordinal));

    /// <summary>Where it holds is asked apart.</summary>
    private static string Text(Permission permission) => (permission with { Namespace = "" }).ToString();
}
