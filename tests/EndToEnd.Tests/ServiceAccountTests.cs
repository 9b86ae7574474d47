using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>The identity of a ServiceAccount on real servers: kube-apiserver makes the token, Ceph checks it against the keys that kube-apiserver publishes.</summary>
public sealed class ServiceAccountTests(CephStore store)
{
    private const string Audience = "ceph.example";

    [Fact]
    public async Task A_ServiceAccounts_token_yields_credentials_for_the_prefix_and_one_that_is_not_trusted_yields_none()
    {
        store.Server.Require();
        var cancellation = TestContext.Current.CancellationToken;
        await using var issuer = await IssuerServer.StartAsync(cancellation);
        await using var server = new EnvtestServer { Issuer = issuer.Url };
        server.Require();
        await server.InitializeAsync();
        await using var scene = await CephScene.SetAsync(server, store);
        await store.Server.CreateOidcProviderAsync(issuer.Url, issuer.Publish(await scene.Cluster.KeySetAsync()), Audience, cancellation);
        var trusting = await RoleAsync(issuer, "exporter", scene);
        var closed = await RoleAsync(issuer, "somebody-else", scene);
        await scene.GiveServiceAccountRightsAsync();
        await scene.Cluster.CreateServiceAccountAsync(scene.Namespace, "exporter", allow: true);
        scene.StartOperator(
            new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "nobody", ["AWS_SECRET_ACCESS_KEY"] = "nothing" },
            "--grants", "required", "--service-accounts", "enabled", "--token-audience", Audience, "--log-level", "Trace");

        await scene.CreateAsync("export", Spec(scene, trusting));
        await scene.ReadyAsync("export");
        using var client = await scene.ClientAsync("export");
        (await CephScene.PutAsync(client, scene.Prefix + "a")).ShouldBe("OK");
        (await CephScene.PutAsync(client, "elsewhere")).ShouldBe("Denied");

        await scene.CreateAsync("denied", Spec(scene, closed));
        var status = await scene.ReadyAsync("denied", "AssumeRoleDenied");
        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain($"sub system:serviceaccount:{scene.Namespace}:exporter and aud {Audience}");
        // Every JSON Web Token begins like this.
        scene.Output.ShouldNotContain("eyJ", Case.Sensitive);
    }

    private async Task<CephRole> RoleAsync(IssuerServer issuer, string account, CephScene scene)
    {
        var role = CephRole.OfServiceAccount($"tenant-{account}", issuer.Url, Audience, $"system:serviceaccount:{scene.Namespace}:{account}");
        await store.Server.CreateRoleAsync(role, TestContext.Current.CancellationToken);
        return role;
    }

    private static JsonObject Spec(CephScene scene, CephRole role)
    {
        var spec = scene.Spec();
        spec["roleArn"] = role.Arn;
        spec["serviceAccountName"] = "exporter";
        return spec;
    }
}
