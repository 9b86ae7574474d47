using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;
using UploadSessions.Credentials;

namespace Operator.Tests.Documentation;

/// <summary>The example pods find in the Secret what they look for.</summary>
public sealed class PodExamplesTests
{
    public static TheoryData<string> Examples => [.. PodExamples.Names];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Who_reads_the_config_file_has_the_Secret_where_its_process_looks(string name)
    {
        foreach (var container in Containers(name).Where(container => Variables(container).Any(variable => Text(variable, "name") == "AWS_CONFIG_FILE")))
        {
            Variables(container).Single(variable => Text(variable, "name") == "AWS_CONFIG_FILE")["value"]!.GetValue<string>().ShouldBe($"{SecretKeys.MountPath}/{SecretKeys.ConfigFile}");
            var mount = container["volumeMounts"]!.AsArray().Single()!;
            mount["mountPath"]!.GetValue<string>().ShouldBe(SecretKeys.MountPath);
            mount["subPath"].ShouldBeNull();
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Keys_are_those_of_the_Secret(string name) => Containers(name).SelectMany(Variables)
        .Select(variable => variable["valueFrom"]?["secretKeyRef"]?["key"]?.GetValue<string>()).OfType<string>()
        .Except(SecretKeys.All).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_session_of_each_works_from_everywhere_and_at_any_date(string name)
    {
        var pod = PodExamples.PodSpecOf(PodExamples.Read(name));
        var secret = pod["volumes"]!.AsArray().Single()!["secret"]!["secretName"]!.GetValue<string>();
        var spec = Sessions().Single(session => (session["spec"]!["secretName"] ?? session["metadata"]!["name"])!.GetValue<string>() == secret)["spec"]!;

        spec["endsAt"].ShouldBeNull();
        spec["constraints"]?["sourceIps"].ShouldBeNull();
        spec["constraints"]?["vpcEndpoints"].ShouldBeNull();
    }

    /// <summary>Kubernetes documentation, "Pod Security Standards": namespaces that enforce "restricted" take nothing less.</summary>
    [Theory]
    [MemberData(nameof(Examples))]
    public void Each_pod_is_restricted(string name)
    {
        var pod = PodExamples.PodSpecOf(PodExamples.Read(name));

        pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>().ShouldBeTrue();
        pod["securityContext"]!["seccompProfile"]!["type"]!.GetValue<string>().ShouldBe("RuntimeDefault");
        foreach (var container in (pod["initContainers"]?.AsArray() ?? []).Concat(pod["containers"]!.AsArray()))
        {
            container!["securityContext"]!["allowPrivilegeEscalation"]!.GetValue<bool>().ShouldBeFalse();
            container["securityContext"]!["capabilities"]!.ToJsonString().ShouldBe("""{"drop":["ALL"]}""");
        }
    }

    private static IEnumerable<JsonObject> Sessions() => Directory.GetFiles(Path.Combine(Repository.Root, "docs", "examples"), "*.yaml").Select(file => YamlText.ParseObject(File.ReadAllText(file)));

    private static IEnumerable<JsonNode> Containers(string name) => PodExamples.PodSpecOf(PodExamples.Read(name))["containers"]!.AsArray().OfType<JsonNode>();

    private static IEnumerable<JsonNode> Variables(JsonNode container) => container["env"]?.AsArray().OfType<JsonNode>() ?? [];

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
