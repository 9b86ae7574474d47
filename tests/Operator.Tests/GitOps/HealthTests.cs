using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.GitOps;

/// <summary>What GitOps tools make of real sessions in every state, and the table of docs/gitops.md.</summary>
public abstract class HealthTests(IApiServer server)
{
    private static readonly Dictionary<string, (string Ready, string Also, string Kstatus, string Argo)> Expected = new()
    {
        ["Unseen"] = ("", "", "InProgress", "Progressing"),
        ["Issued"] = ("True Issued", "", "Current", "Healthy"),
        ["RenewalFailing"] = ("True Issued", "RenewalFailing", "Current", "Healthy"),
        ["StsUnavailable"] = ("False StsUnavailable", "Reconciling", "InProgress", "Progressing"),
        ["Throttled"] = ("False Throttled", "Reconciling", "InProgress", "Progressing"),
        ["Outdated"] = ("False Outdated", "Reconciling", "InProgress", "Progressing"),
        ["InvalidSpec"] = ("False InvalidSpec", "Stalled", "Failed", "Degraded"),
        ["NotGranted"] = ("False NotGranted", "Stalled", "Failed", "Degraded"),
        ["AssumeRoleDenied"] = ("False AssumeRoleDenied", "Stalled", "Failed", "Degraded"),
        ["PolicyTooLarge"] = ("False PolicyTooLarge", "Stalled", "Failed", "Degraded"),
        ["SecretConflict"] = ("False SecretConflict", "Stalled", "Failed", "Degraded"),
        ["Suspended"] = ("True Suspended", "", "Current", "Suspended"),
        ["SuspendedExpired"] = ("False Suspended", "", "InProgress", "Suspended"),
        ["Ended"] = ("False Ended", "Stalled", "Failed", "Degraded"),
    };

    [Fact]
    public async Task Every_state_reads_as_the_tools_are_told()
    {
        await using var scene = await Scene.SetAsync(server);
        var sessions = await SessionStates.ReachAsync(scene);

        sessions.ToDictionary(state => state.Key, state => (Ready(state.Value), Also(state.Value), Kstatus.Of(state.Value), ArgoHealth.Of(state.Value).Status))
            .ShouldBe(Expected, ignoreOrder: true);
        ArgoHealth.Of(sessions["RenewalFailing"]).Message.ShouldContain("renewal fails: AccessDenied");

        Kubectl.Require();
        using var kubectl = new Kubectl(Kubeconfig.Text(server.Address, server.AdminToken, server.Authority.ExportCertificatePem(), scene.Namespace));
        await kubectl.RunAsync("wait --for=condition=Ready ups/issued ups/suspended --timeout=20s");
        await kubectl.RunAsync("wait --for=condition=Stalled ups/invalidspec ups/notgranted ups/assumeroledenied ups/policytoolarge ups/secretconflict ups/ended --timeout=20s");
        await kubectl.RunAsync("wait --for=condition=Reconciling ups/stsunavailable ups/throttled ups/outdated --timeout=20s");
    }

    [Fact]
    public void The_documentation_has_the_same_table()
    {
        var rows = File.ReadLines(Path.Combine(Repository.Root, "docs", "gitops.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
        foreach (var (ready, also, kstatus, argo) in Expected.Values.Where(expected => expected.Ready.Length > 0))
        {
            var (status, reason) = (ready.Split(' ')[0], ready.Split(' ')[1]);
            var row = rows.Single(line => line.StartsWith($"| {status}, ", StringComparison.Ordinal) && line.Contains($"`{reason}`", StringComparison.Ordinal) && line.Contains("RenewalFailing", StringComparison.Ordinal) == (also == "RenewalFailing"));
            row.ShouldEndWith($"| {kstatus} | {argo} |");
        }
    }

    private static string Ready(JsonNode session) =>
        Scene.Condition(session["status"]!, "Ready") is { } ready ? $"{ready["status"]} {ready["reason"]}" : "";

    private static string Also(JsonNode session) => string.Join(
        ' ',
        (session["status"]!["conditions"]?.AsArray() ?? []).Where(condition => condition!["status"]!.GetValue<string>() == "True").Select(condition => condition!["type"]!.GetValue<string>()).Where(type => type != "Ready"));
}

public sealed class EmbeddedHealthTests(EmbeddedServer server) : HealthTests(server);

public sealed class EnvtestHealthTests(EnvtestServer server) : HealthTests(server);
