using System.Net;
using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>Who may use the operator's identity, as sessions, Secrets and STS see it.</summary>
public abstract class GrantTests(IApiServer server)
{
    private static readonly string[] Required = ["--grants", "required", "--cluster-name", "prod-1"];

    [Fact]
    public async Task Without_a_grant_nothing_is_asked_of_STS_and_with_one_the_session_is_issued()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator(Required);
        await scene.CreateAsync("export");

        var refused = await scene.ReadyAsync("export", "NotGranted");
        Scene.Condition(refused, "Stalled")!["status"]!.GetValue<string>().ShouldBe("True");
        Scene.Condition(refused, "Ready")!["message"]!.GetValue<string>().ShouldContain(scene.Namespace);
        scene.StsCalls.ShouldBe(0);
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Any(told => told["reason"]!.GetValue<string>() == "NotGranted"), "an Event tells of it");

        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        var issued = await scene.ReadyAsync("export");
        issued["grant"]!.GetValue<string>().ShouldBe(scene.Namespace);
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_refusal_names_the_nearest_grant_of_the_namespace_and_no_other()
    {
        await using var scene = await Scene.SetAsync(server);
        var foreign = scene.Grant();
        foreign["namespaces"]!["names"]![0] = "somebody-else";
        await scene.Cluster.CreateGrantAsync($"{scene.Namespace}-foreign", foreign);
        var narrow = scene.Grant();
        narrow["maxDuration"] = "30m";
        await scene.Cluster.CreateGrantAsync(scene.Namespace, narrow);
        scene.StartOperator(Required);
        await scene.CreateAsync("export");

        var message = Scene.Condition(await scene.ReadyAsync("export", "NotGranted"), "Ready")!["message"]!.GetValue<string>();
        message.ShouldContain($"{scene.Namespace}, does not allow a duration of 1h (the default): set spec.duration to 30m or less");
        message.ShouldNotContain("foreign");
        scene.StsCalls.ShouldBe(0);
    }

    [Fact]
    public async Task What_a_grant_adds_reaches_STS_beside_the_sessions_own_tags_and_a_change_of_it_issues_anew()
    {
        await using var scene = await Scene.SetAsync(server);
        var grant = scene.Grant();
        grant["session"] = JsonNode.Parse("""{"externalId":"ext-1","tags":{"team":"a"},"kubernetesTags":true,"sourceIdentity":true}""");
        grant["requireConstraints"] = JsonNode.Parse("""{"sourceIps":["127.0.0.0/8"]}""");
        grant["allowedSessionTags"] = JsonNode.Parse("""{"project":["atlas"]}""");
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        scene.StartOperator(Required);
        var spec = Scene.Spec();
        spec["sessionTags"] = JsonNode.Parse("""{"project":"atlas"}""");
        var uid = (await scene.CreateAsync("export", spec))["metadata"]!["uid"]!.GetValue<string>();
        var first = await scene.ReadyAsync("export");

        var asked = scene.Aws.StsRequests.ShouldHaveSingleItem();
        (asked.ExternalId, asked.SourceIdentity).ShouldBe(("ext-1", $"{scene.Namespace}.export"));
        asked.Tags.ShouldBe(
            new Dictionary<string, string>
            {
                ["project"] = "atlas",
                ["team"] = "a",
                ["uploadsession-cluster"] = "prod-1",
                ["uploadsession-namespace"] = scene.Namespace,
                ["uploadsession-name"] = "export",
                ["uploadsession-uid"] = uid,
            },
            ignoreOrder: true);
        asked.Policy!.ShouldContain("127.0.0.0/8");
        using (var client = await scene.ClientAsync("export"))
            (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");

        await scene.Cluster.PatchGrantAsync(scene.Namespace, """{"spec":{"requireConstraints":{"sourceIps":["203.0.113.0/24"]} } }""");
        await scene.StatusAsync("export", status => status["accessKeyId"]!.GetValue<string>() != first["accessKeyId"]!.GetValue<string>(), "issued anew");
        using (var client = await scene.ClientAsync("export"))
            (await Scene.PutAsync(client, "in/a")).ShouldBe("AccessDenied");
        scene.StsCalls.ShouldBe(2);
    }

    [Fact]
    public async Task A_label_of_the_namespace_grants()
    {
        await using var scene = await Scene.SetAsync(server);
        var grant = scene.Grant();
        grant["namespaces"] = new JsonObject { ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [$"tests.example/{scene.Namespace}"] = "yes" } } };
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        scene.StartOperator(Required);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export", "NotGranted");

        await scene.Cluster.LabelNamespaceAsync(scene.Namespace, $"tests.example/{scene.Namespace}", "yes");

        await scene.ReadyAsync("export");
    }

    [Fact]
    public async Task A_label_grants_nothing_new_once_the_labels_cannot_be_read_any_more()
    {
        await using var scene = await Scene.SetAsync(server);
        var grant = scene.Grant();
        grant["namespaces"] = new JsonObject { ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [$"tests.example/{scene.Namespace}"] = "yes" } } };
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        await scene.Cluster.LabelNamespaceAsync(scene.Namespace, $"tests.example/{scene.Namespace}", "yes");
        var running = scene.StartOperator(Required);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(IsOfNamespaces(request.Path.Value!) ? HttpStatusCode.Forbidden : null);
        scene.Proxy.EndWatches(IsOfNamespaces);
        await Eventually.HoldsAsync(() => Task.FromResult(running.Output.Contains("Watching namespaces")), "the operator tells that it may not read namespaces");
        await scene.PatchAsync("export", """{"spec":{"prefix":"in/other/"}}""");

        var status = await scene.ReadyAsync("export", "Outdated");
        Scene.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain("GrantsUnknown");
        scene.StsCalls.ShouldBe(1);

        scene.Proxy.Before = null;
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(2);
    }

    private static bool IsOfNamespaces(string path) => path == "/api/v1/namespaces";

    [Fact]
    public async Task A_withdrawn_grant_takes_the_Secret_after_a_minute_but_not_while_the_API_server_serves_no_grants()
    {
        await using var scene = await Scene.SetAsync(server);
        var lists = 0;
        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(
            request.Path.Value!.EndsWith("/uploadgrants", StringComparison.Ordinal) && request.Query["limit"] == "1" && ++lists == 1 ? HttpStatusCode.NotFound : null);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        scene.StartOperator(Required);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.Cluster.DeleteGrantAsync(scene.Namespace);
        var withdrawn = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is null, "the Secret is gone", TimeSpan.FromSeconds(100));

        TimeProvider.System.GetElapsedTime(withdrawn).ShouldBeGreaterThan(TimeSpan.FromSeconds(55));
        await scene.ReadyAsync("export", "NotGranted");
        (scene.StsCalls, lists).ShouldBe((1, 2));
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Any(told => told["reason"]!.GetValue<string>() == "NotGranted"), "an Event tells of it");
    }

    [Fact]
    public async Task A_grant_that_comes_back_within_the_minute_costs_nothing()
    {
        await using var scene = await Scene.SetAsync(server);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        scene.StartOperator(Required);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var before = await scene.SecretAsync("export");

        await scene.Cluster.DeleteGrantAsync(scene.Namespace);
        var probes = await ProbeUntilWithdrawnAsync(scene);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, scene.Grant());
        await scene.ReadyAsync($"probe-{probes}");

        (await scene.SecretAsync("export"))!["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(before!["metadata"]!["resourceVersion"]!.GetValue<string>());
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(1 + probes);
    }

    /// <summary>Creates sessions until one is refused: watches are not ordered among each other, so a new session may be seen before the grant is seen gone.</summary>
    /// <returns>How many.</returns>
    private static async Task<int> ProbeUntilWithdrawnAsync(Scene scene)
    {
        for (var probe = 1; ; probe++)
        {
            await scene.CreateAsync($"probe-{probe}");
            var status = await scene.StatusAsync($"probe-{probe}", status => ChangeTests.Reason(status) is "Issued" or "NotGranted", "it is decided");
            if (ChangeTests.Reason(status) == "NotGranted")
                return probe;
        }
    }
}

public sealed class EmbeddedGrantTests(EmbeddedServer server) : GrantTests(server);

public sealed class EnvtestGrantTests(EnvtestServer server) : GrantTests(server);

/// <summary>A cluster of its own loses the kind UploadGrant: nobody can tell any more what is allowed, and nothing is taken away for that.</summary>
public abstract class GrantsGoneTests<TServer>
    where TServer : IApiServer, IAsyncLifetime, new()
{
    [Fact]
    public async Task Deleting_the_CRD_of_grants_removes_no_Secret()
    {
        await using var server = new TServer();
        server.Require();
        await server.InitializeAsync();
        await using var scene = await Scene.SetAsync(server);
        await scene.Cluster.CreateGrantAsync("all", scene.Grant());
        scene.StartOperator("--grants", "required");
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.Cluster.DeleteGrantsCrdAsync();
        var deleted = TimeProvider.System.GetTimestamp();
        await Eventually.HoldsAsync(
            async () =>
            {
                (await scene.SecretAsync("export")).ShouldNotBeNull();
                return TimeProvider.System.GetElapsedTime(deleted) > TimeSpan.FromSeconds(70);
            },
            "well over the minute after which a withdrawn grant takes the Secret",
            TimeSpan.FromSeconds(90));

        await scene.CreateAsync("late");
        var told = await scene.ReadyAsync("late", "Pending");
        Scene.Condition(told, "Ready")!["message"]!.GetValue<string>().ShouldContain("uploadgrants.uploadsession.io");
        scene.StsCalls.ShouldBe(1);

        await scene.Cluster.InstallCrdsAsync();
        await scene.Cluster.CreateGrantAsync("all", scene.Grant());
        await scene.ReadyAsync("late");
    }
}

public sealed class EmbeddedGrantsGoneTests : GrantsGoneTests<EmbeddedServer>;

public sealed class EnvtestGrantsGoneTests : GrantsGoneTests<EnvtestServer>;
