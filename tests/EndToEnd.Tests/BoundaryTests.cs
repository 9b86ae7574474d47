using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>A session and its role: neither gives what the other withholds.</summary>
public sealed class BoundaryTests(EmbeddedServer server, CephStore store)
{
    [Fact]
    public async Task A_session_that_asks_for_more_than_its_role_has_gets_what_the_role_has()
    {
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator();
        var spec = scene.Spec("Put", "Download", "List", "Delete");
        spec["roleArn"] = store.Narrow.Arn;
        spec.Remove("prefix");
        await scene.CreateAsync("greedy", spec);
        await scene.ReadyAsync("greedy");
        using var client = await scene.ClientAsync("greedy");
        var key = $"narrow/{scene.Namespace}";

        (await CephScene.PutAsync(client, key)).ShouldBe("OK");
        (await CephScene.PutAsync(client, scene.Prefix + "a")).ShouldBe("Denied");
        (await CephScene.PutAsync(client, key, CephStore.OtherBucket)).ShouldBe("Denied");
        (await Attempt.TryAsync(async () => (await client.GetObjectAsync(CephStore.Bucket, key)).Dispose())).ShouldBe("Denied");
        (await Attempt.TryAsync(() => client.DeleteObjectAsync(CephStore.Bucket, key))).ShouldBe("Denied");
        (await Attempt.TryAsync(() => client.ListObjectsV2Async(new() { BucketName = CephStore.Bucket }))).ShouldBe("Denied");
    }

    [Fact]
    public async Task A_role_that_does_not_trust_the_operator_leaves_the_session_denied()
    {
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator();

        var status = await DeniedAsync(scene, store.Closed.Arn);

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain("trust policy");
    }

    [Fact]
    public async Task A_role_that_does_not_exist_is_named_as_the_reason()
    {
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator();

        var status = await DeniedAsync(scene, "arn:aws:iam:::role/absent");

        Stage.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain("the role does not exist");
    }

    [Fact]
    public async Task A_session_on_Ceph_may_assume_its_role_again_without_a_policy()
    {
        // A fact to know, not a wish: on AWS a session has no right of its own to sts:AssumeRole, on Ceph the role's trust
        // policy still sees the user who assumed it. There the role is the boundary, not the session: one role per tenant.
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        using var restricted = await scene.ClientAsync("export");
        (await CephScene.PutAsync(restricted, "elsewhere")).ShouldBe("Denied");

        using var whole = await AssumeAgainAsync(scene, (await scene.SecretAsync("export"))!);

        (await CephScene.PutAsync(whole, "elsewhere")).ShouldBe("OK");
    }

    private static async Task<JsonNode> DeniedAsync(CephScene scene, string roleArn)
    {
        var spec = scene.Spec();
        spec["roleArn"] = roleArn;
        await scene.CreateAsync("export", spec);
        var status = await scene.ReadyAsync("export", "AssumeRoleDenied");
        Stage.Condition(status, "Stalled")!["status"]!.GetValue<string>().ShouldBe("True");
        (await scene.SecretAsync("export")).ShouldBeNull();
        return status;
    }

    private async Task<AmazonS3Client> AssumeAgainAsync(CephScene scene, JsonNode secret)
    {
        using var sts = new AmazonSecurityTokenServiceClient(
            new SessionAWSCredentials(Stage.Data(secret, "AWS_ACCESS_KEY_ID"), Stage.Data(secret, "AWS_SECRET_ACCESS_KEY"), Stage.Data(secret, "AWS_SESSION_TOKEN")),
            new AmazonSecurityTokenServiceConfig { ServiceURL = store.Server.Address.ToString(), AuthenticationRegion = "us-east-1" });
        var assumed = await sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = store.Wide.Arn, RoleSessionName = scene.Namespace }, TestContext.Current.CancellationToken);
        return new AmazonS3Client(assumed.Credentials, store.ClientConfig());
    }
}
