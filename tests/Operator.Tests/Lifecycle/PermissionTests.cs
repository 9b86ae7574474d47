using System.Net;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>The roles that users install allow what the operator does, and nothing else.</summary>
public sealed class EnvtestPermissionTests(EnvtestServer server)
{
    [Fact]
    public async Task Every_verb_that_is_granted_is_used_and_none_is_missing()
    {
        await using var scene = await Scene.SetAsync(server);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        var leader = scene.StartOperator("--grants", "required", "--leader-elect", "true", "--leader-election-namespace", scene.Namespace);
        await EveryRight.UseAsync(scene);
        (await leader.StopAsync()).ShouldBe(0);

        scene.Proxy.Requests.ShouldAllBe(request => request.Status != (int)HttpStatusCode.Forbidden);
        EveryRight.Used(scene).Select(AnywhereText).Distinct().Order().ShouldBe(scene.Manifests.Granted.Select(AnywhereText).Order());
    }

    [Fact]
    public async Task A_server_that_is_reached_directly_is_trusted_by_its_authority_and_asked_with_the_ServiceAccounts_token()
    {
        // A server of its own: without the proxy an operator sees the sessions of every namespace.
        await using var own = new EnvtestServer();
        await own.InitializeAsync();
        await using var scene = await Scene.SetAsync(own);

        scene.StartDirectly(own);
        await scene.CreateAsync("export");

        await scene.ReadyAsync("export");
        scene.Proxy.Requests.ShouldBeEmpty();
    }

    /// <summary>The ClusterRole allows in every namespace what is used in one.</summary>
    private static string AnywhereText(Permission permission) => (permission with { Namespace = "" }).ToString();
}
