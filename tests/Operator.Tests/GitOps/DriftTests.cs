using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.GitOps;

/// <summary>What a pipeline that applies the same manifests for ever sees.</summary>
public abstract class DriftTests(IApiServer server)
{
    [Theory]
    [InlineData("apply -f -")]
    [InlineData("apply --server-side --field-manager=pipeline -f -")]
    public async Task The_same_manifest_ten_times_changes_nothing(string apply)
    {
        Kubectl.Require();
        await using var scene = await Scene.SetAsync(server);
        using var kubectl = new Kubectl(Kubeconfig.Text(server.Address, server.AdminToken, server.Authority.ExportCertificatePem(), scene.Namespace));
        var manifest = new JsonObject
        {
            ["apiVersion"] = "uploadsession.io/v1alpha1",
            ["kind"] = "UploadSession",
            ["metadata"] = new JsonObject { ["name"] = "export" },
            ["spec"] = Scene.Spec(),
        }.ToJsonString();
        scene.StartOperator();
        await kubectl.RunAsync(apply, manifest);
        await scene.ReadyAsync("export");
        // An apply that comes between two of the operator's writes is not lost, and none follows.
        await kubectl.RunAsync(apply, manifest);
        var before = await scene.Cluster.SessionAsync(scene.Namespace, "export");

        for (var i = 0; i < 10; i++)
            await kubectl.RunAsync(apply, manifest);

        var after = await scene.Cluster.SessionAsync(scene.Namespace, "export");
        after!.ToJsonString().ShouldBe(before!.ToJsonString());
        JsonNode.DeepEquals(after["spec"], Scene.Spec()).ShouldBeTrue("nothing is written into the spec");
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_namespace_full_of_sessions_goes_with_all_that_is_in_it()
    {
        const int Sessions = 100;
        await using var scene = await Scene.SetAsync(server);
        server.RequireGarbageCollection();
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        scene.StartOperator("--grants", "required");
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(i => scene.CreateAsync($"export-{i}")));
        foreach (var i in Enumerable.Range(0, Sessions))
            await scene.ReadyAsync($"export-{i}");

        await scene.Cluster.DeleteNamespaceAsync(scene.Namespace);

        await Eventually.HoldsAsync(async () => !await scene.Cluster.NamespaceExistsAsync(scene.Namespace), "the namespace is gone");
        // Secrets may go before their sessions; the watch of namespaces may be a moment behind.
        scene.StsCalls.ShouldBeInRange(Sessions, Sessions + (Sessions / 10));
        scene.Output.ShouldNotContain("\"LogLevel\":\"Critical\"");
    }
}

public sealed class EmbeddedDriftTests(EmbeddedServer server) : DriftTests(server);

public sealed class EnvtestDriftTests(EnvtestServer server) : DriftTests(server);
