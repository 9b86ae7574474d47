using System.Text.Json.Nodes;
using Operator.Tests.Chart.Rendering;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Chart;

/// <summary>The pods: what they run, how they are protected, and how many stay.</summary>
public sealed class ChartDeploymentTests(ChartRenderer renderer)
{
    /// <summary>Flags that the chart does not set, on purpose: the pod's own configuration and namespace are right.</summary>
    internal static readonly OperatorFlag[] LeftOut = [OperatorFlags.Kubeconfig, OperatorFlags.LeaderElectionNamespace];

    public static TheoryData<string> Combinations => [.. ChartFiles.Combinations];

    [Fact]
    public async Task Every_flag_can_be_set_by_a_value()
    {
        var chart = await renderer.RenderAsync(new("everything") { Values = "extraArgs: []" });
        chart.Flags.Keys.Order().ShouldBe(OperatorFlags.All.Except(LeftOut).Select(flag => flag.Name).Order());
        chart.Flags.ShouldBe(
            new Dictionary<string, string>
            {
                ["--grants"] = "required",
                ["--leader-elect"] = "true",
                ["--leader-election-lease-duration"] = "30s",
                ["--workers"] = "16",
                ["--sts-rate"] = "10000",
                ["--http-address"] = "0.0.0.0:8081",
                ["--log-format"] = "text",
                ["--log-level"] = "Debug",
                ["--cluster-name"] = "1234",
                ["--namespaces"] = "team-a",
                ["--region"] = "eu-west-1",
                ["--sts-endpoint"] = "http://sts.example.com",
                ["--s3-endpoint"] = "http://s3.example.com",
                ["--service-accounts"] = "enabled",
                ["--token-audience"] = "sts.example.com",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task The_defaults_are_those_of_the_operator()
    {
        var chart = await renderer.RenderAsync(new());
        foreach (var flag in OperatorFlags.All.Where(flag => chart.Flags.ContainsKey(flag.Name)))
            chart.Flags[flag.Name].ShouldBe(flag.Default, flag.Name);
        chart.Flags.Keys.ShouldBeSubsetOf(OperatorFlags.All.Select(flag => flag.Name));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_operator_accepts_the_arguments(string combination)
    {
        var chart = await renderer.RenderAsync(new(combination));
        chart.Container["args"]![0]!.GetValue<string>().ShouldBe("run");
        chart.Flags.Keys.ShouldBeSubsetOf(OperatorFlags.All.Select(flag => flag.Name));
        var (_, errors) = new OperatorOptionsReader(flag => chart.Flags.GetValueOrDefault(flag.Name), _ => null).Read();
        errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("operator.yaml")]
    [InlineData("namespaced.yaml")]
    public async Task The_resources_are_those_of_the_plain_manifests(string file)
    {
        var plain = OperatorManifests.Read(file).Single(manifest => OperatorManifests.Kind(manifest) == "Deployment");
        var resources = (await renderer.RenderAsync(new())).Container["resources"];
        JsonNode.DeepEquals(OperatorManifests.ContainerOf(plain)["resources"], resources).ShouldBeTrue($"the chart has {resources?.ToJsonString()}");
    }

    [Fact]
    public async Task Service_account_identity_is_off_by_default_and_has_its_flags_when_on()
    {
        string[] flags = [OperatorFlags.ServiceAccounts.Name, OperatorFlags.TokenAudience.Name];
        (await renderer.RenderAsync(new())).Flags.Keys.Intersect(flags).ShouldBeEmpty();
        var on = (await renderer.RenderAsync(new("service-account-identity"))).Flags;
        flags.Select(flag => on[flag]).ShouldBe(["enabled", "store.example.com"]);
        (await renderer.RenderAsync(new("service-account-identity") { Values = "serviceAccountIdentity: { tokenAudience: '' }" }))
            .Flags.Keys.Intersect(flags).ShouldBe([flags[0]]);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_pods_keep_to_the_restricted_standard(string combination)
    {
        // Kubernetes documentation, "Pod Security Standards".
        var chart = await renderer.RenderAsync(new(combination));
        var pod = chart.Pod["spec"]!;
        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().ShouldBeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().ShouldBe("RuntimeDefault");
        pod.AsObject().Select(field => field.Key).ShouldNotContain(field => field.StartsWith("host", StringComparison.Ordinal));
        var container = chart.Container["securityContext"]!;
        container["allowPrivilegeEscalation"]!.GetValue<bool>().ShouldBeFalse();
        container["readOnlyRootFilesystem"]!.GetValue<bool>().ShouldBeTrue();
        container["capabilities"]!.ToJsonString().ShouldBe("""{"drop":["ALL"]}""");
        container["privileged"].ShouldBeNull();
    }

    [Fact]
    public async Task The_user_can_be_left_to_the_cluster()
    {
        (await renderer.RenderAsync(new())).Pod["spec"]!["securityContext"]!["runAsUser"]!.GetValue<long>().ShouldBe(65532);
        (await renderer.RenderAsync(new("openshift"))).Pod["spec"]!["securityContext"]!.AsObject().Select(field => field.Key)
            .ShouldBe(["runAsNonRoot", "seccompProfile"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("{ tag: 1.2.3 }", "upload-session-operator:1.2.3")]
    [InlineData("{}", "upload-session-operator:0.1.0")]
    [InlineData("{ tag: 1.2.3, digest: \"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\" }", "upload-session-operator@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    public async Task The_image_is_named_by_digest_else_by_tag_else_by_the_chart_s_version(string image, string expected) =>
        (await renderer.RenderAsync(new() { Values = $"image: {image}" })).Container["image"]!.GetValue<string>().ShouldBe(expected);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    public async Task A_disruption_budget_never_blocks_a_drain(int replicas, int budgets)
    {
        var chart = await renderer.RenderAsync(new() { Values = $"replicas: {replicas}" });
        chart.Of("PodDisruptionBudget").Count.ShouldBe(budgets);
        foreach (var budget in chart.Of("PodDisruptionBudget"))
        {
            budget["spec"]!["maxUnavailable"]!.GetValue<long>().ShouldBe(1);
            budget["spec"]!["minAvailable"].ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("policy/v1", "policy/v1")]
    [InlineData("policy/v1beta1", "policy/v1beta1")]
    public async Task The_disruption_budget_has_the_version_that_the_cluster_serves(string served, string expected) =>
        (await renderer.RenderAsync(new() { ApiVersions = [served] })).Of("PodDisruptionBudget").Single()["apiVersion"]!.GetValue<string>().ShouldBe(expected);

    [Fact]
    public async Task Without_a_lease_the_old_pod_ends_before_the_new_one_starts()
    {
        (await renderer.RenderAsync(new())).Deployment["spec"]!["strategy"].ShouldBeNull();
        (await renderer.RenderAsync(new("single-replica"))).Deployment["spec"]!["strategy"]!["type"]!.GetValue<string>().ShouldBe("Recreate");
    }

    [Fact]
    public async Task The_Deployment_has_the_annotations_that_are_asked_for()
    {
        (await renderer.RenderAsync(new())).Deployment["metadata"]!["annotations"].ShouldBeNull();
        var chart = await renderer.RenderAsync(new() { Values = "deploymentAnnotations: { reloader.stakater.com/auto: 'true' }" });
        chart.Deployment["metadata"]!["annotations"]!.ToJsonString().ShouldBe("""{"reloader.stakater.com/auto":"true"}""");
        chart.Pod["metadata"]!["annotations"]!.AsObject().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("revisionHistoryLimit: null", null)]
    [InlineData("revisionHistoryLimit: 0", 0L)]
    [InlineData("revisionHistoryLimit: 3", 3L)]
    public async Task Old_ReplicaSets_are_kept_as_Kubernetes_does_unless_told_otherwise(string values, long? kept)
    {
        var limit = (await renderer.RenderAsync(new() { Values = values })).Deployment["spec"]!["revisionHistoryLimit"];
        (limit?.GetValue<long>()).ShouldBe(kept);
    }

    [Fact]
    public async Task The_pods_ask_the_DNS_of_the_cluster_unless_told_otherwise()
    {
        var pod = (await renderer.RenderAsync(new())).Pod["spec"]!.AsObject();
        pod.ShouldNotContainKey("dnsPolicy");
        pod.ShouldNotContainKey("dnsConfig");
        pod = (await renderer.RenderAsync(new() { Values = "{ dnsPolicy: None, dnsConfig: { nameservers: [10.0.0.10], options: [{ name: ndots, value: '1' }] } }" })).Pod["spec"]!.AsObject();
        pod["dnsPolicy"]!.GetValue<string>().ShouldBe("None");
        pod["dnsConfig"]!.ToJsonString().ShouldBe("""{"nameservers":["10.0.0.10"],"options":[{"name":"ndots","value":"1"}]}""");
    }

    [Theory]
    [InlineData("", "443")]
    [InlineData("https://sts.example.com", "443")]
    [InlineData("http://sts.example.com/sts", "443 80")]
    [InlineData("https://minio.storage.svc:9000/", "443 9000")]
    [InlineData("http://[fd00::1]:7480", "443 7480")]
    [InlineData("https://[fd00::443]", "443")]
    public async Task The_network_policy_opens_the_port_of_the_STS_endpoint(string endpoint, string ports)
    {
        var policy = (await renderer.RenderAsync(new() { Values = $"stsEndpoint: \"{endpoint}\"" })).Of("NetworkPolicy").Single();
        string.Join(' ', policy["spec"]!["egress"]![2]!["ports"]!.AsArray().Select(port => port!["port"]!.ToString())).ShouldBe(ports);
    }

    [Theory]
    [InlineData("{}", "169.254.170.23/32 fd00:ec2::23/128")]
    [InlineData("{ instanceMetadata: true }", "169.254.170.23/32 fd00:ec2::23/128 169.254.169.254/32 fd00:ec2::254/128")]
    [InlineData("{ instanceMetadata: true, podIdentity: false }", "169.254.169.254/32 fd00:ec2::254/128")]
    [InlineData("{ podIdentity: false }", "")]
    public async Task The_network_policy_opens_the_sources_of_credentials_that_are_asked_for(string policy, string addresses)
    {
        var egress = (await renderer.RenderAsync(new() { Values = $"networkPolicy: {policy}" })).Of("NetworkPolicy").Single()["spec"]!["egress"]!.AsArray();
        var rules = egress.Where(rule => rule!["ports"]!.AsArray().Any(port => port!["port"]!.GetValue<long>() == 80)).ToList();
        rules.ShouldAllBe(rule => rule!["ports"]!.AsArray().Count == 1);
        string.Join(' ', rules.SelectMany(rule => rule!["to"]!.AsArray()).Select(peer => peer!["ipBlock"]!["cidr"]!.GetValue<string>())).ShouldBe(addresses);
    }

    [Fact]
    public async Task The_network_policy_names_who_may_scrape_and_where_the_servers_are()
    {
        var spec = (await renderer.RenderAsync(new("everything"))).Of("NetworkPolicy").Single()["spec"]!;
        spec["ingress"]![0]!["from"]![0]!["podSelector"].ShouldNotBeNull();
        spec["egress"]!.AsArray().Count.ShouldBe(5);
        spec["egress"]![1]!.ToJsonString().ShouldBe("""{"ports":[{"port":6443,"protocol":"TCP"}],"to":[{"ipBlock":{"cidr":"10.0.0.0/24"}}]}""");
        spec["egress"]![2]!["to"]![0]!["ipBlock"]!["cidr"]!.GetValue<string>().ShouldBe("10.1.0.0/16");
        spec["egress"]![4]!["ports"]![0]!["port"]!.GetValue<long>().ShouldBe(4317);
        (await renderer.RenderAsync(new())).Of("NetworkPolicy").Single()["spec"]!["ingress"]![0]!["from"].ShouldBeNull();
    }
}
