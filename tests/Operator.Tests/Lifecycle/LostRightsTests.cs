using System.Net;
using System.Text.Json.Nodes;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>Two namespaces with one operator: what one of them does to its rights is no matter of the other's.</summary>
public sealed class EnvtestLostRightsTests(EnvtestServer server)
{
    [Fact]
    public async Task A_namespace_that_takes_the_rights_away_stops_no_other_is_told_once_loses_no_Secret_and_heals()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var taker = await ServeAnotherAsync(scene);
        var running = NamespacedScene.StartOperator(scene, "--namespaces", $"{scene.Namespace},{taker}");
        await IssuedAsync(scene, taker, generation: 1);
        await IssuedAsync(scene, scene.Namespace, generation: 1);
        var secret = await scene.Cluster.SecretAsync(taker, "export");

        await TakeRightsAsync(scene, taker);
        await ChangeAsync(scene, taker);
        await RefusedAsync(scene, $"/api/v1/namespaces/{taker}/secrets/export", times: 3);
        scene.Proxy.EndWatches(taker);
        await RefusedAsync(scene, $"/api/v1/namespaces/{taker}/secrets", times: 2);
        await RefusedAsync(scene, $"/apis/uploadsession.io/v1alpha1/namespaces/{taker}/uploadsessions", times: 2);
        await ChangeAsync(scene, scene.Namespace);
        await IssuedAsync(scene, scene.Namespace, generation: 2);

        JsonNode.DeepEquals(await scene.Cluster.SecretAsync(taker, "export"), secret).ShouldBeTrue();
        Complaints(running, taker).ShouldBe(["Sessions of", $"Watching {taker}/secrets", $"Watching {taker}/uploadsessions"]);
        Complaints(running, scene.Namespace).ShouldBeEmpty();

        await GiveRightsAsync(scene, taker);
        await IssuedAsync(scene, taker, generation: 2);

        var healed = await scene.Cluster.SecretAsync(taker, "export");
        healed!["metadata"]!["uid"]!.GetValue<string>().ShouldBe(secret!["metadata"]!["uid"]!.GetValue<string>());
        scene.Proxy.Requests.ShouldAllBe(request => request.Method != "DELETE");
        await Eventually.HoldsAsync(() => Task.FromResult(running.Output.Contains($"Sessions of {taker} wait no more")), "the operator tells that it has its rights back");
        scene.StsCalls.ShouldBe(4);
    }

    /// <summary>The right to tell of it is still there: what the status said before must not stand.</summary>
    [Fact]
    public async Task A_namespace_that_takes_the_right_to_Secrets_away_reads_so_in_the_status()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var taker = await ServeAnotherAsync(scene);
        NamespacedScene.StartOperator(scene, "--namespaces", $"{scene.Namespace},{taker}");
        await IssuedAsync(scene, taker, generation: 1);
        var role = RightsIn(scene, taker).Single(manifest => OperatorManifests.Kind(manifest) == "Role");
        var rules = role["rules"]!.AsArray();
        rules.Remove(rules.Single(rule => rule!["resources"]![0]!.GetValue<string>() == "secrets"));

        await scene.Cluster.ApplyAsync(role);
        await AnsweredAsync(scene, taker, HttpStatusCode.Forbidden);
        await ChangeAsync(scene, taker);

        await Eventually.HoldsAsync(
            async () => Stage.Condition((await scene.Cluster.SessionAsync(taker, "export"))!["status"]!, "Ready") is { } ready
                && ready["reason"]!.GetValue<string>() == "Outdated"
                && ready["message"]!.GetValue<string>().Contains("ApiServerFailed: the operator cannot get resource \"secrets\""),
            "the status tells which right is missing");
        await GiveRightsAsync(scene, taker);
        await IssuedAsync(scene, taker, generation: 2);
    }

    /// <summary>A refused write may have other reasons, which people mend elsewhere: this one is told as what it is, and once.</summary>
    [Fact]
    public async Task A_namespace_that_takes_the_right_to_write_Secrets_away_reads_so_too_and_the_credentials_in_hand_are_written_later()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var taker = await ServeAnotherAsync(scene);
        var running = NamespacedScene.StartOperator(scene, "--namespaces", $"{scene.Namespace},{taker}");
        await IssuedAsync(scene, taker, generation: 1);
        await IssuedAsync(scene, scene.Namespace, generation: 1);
        var role = RightsIn(scene, taker).Single(manifest => OperatorManifests.Kind(manifest) == "Role");
        var verbs = role["rules"]!.AsArray().Single(rule => rule!["resources"]![0]!.GetValue<string>() == "secrets")!["verbs"]!.AsArray();
        verbs.Remove(verbs.Single(verb => verb!.GetValue<string>() == "patch"));

        await scene.Cluster.ApplyAsync(role);
        var change = 0;
        JsonNode? session = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                // The API server hears of a changed right a moment later.
                await scene.Cluster.PatchSessionAsync(taker, "export", $$$"""{"spec":{"prefix":"in/{{{change++}}}/"}}""");
                session = await scene.Cluster.SessionAsync(taker, "export");
                return Stage.Condition(session!["status"]!, "Ready")!["message"]!.GetValue<string>().Contains("ApiServerFailed: the operator cannot patch resource \"secrets\"");
            },
            "the status tells which right is missing");
        var generation = session!["metadata"]!["generation"]!.GetValue<int>();
        await RefusedAsync(scene, $"/api/v1/namespaces/{taker}/secrets/export", times: 3);
        Complaints(running, taker).ShouldBe(["Sessions of"]);
        var calls = scene.StsCalls;
        foreach (var manifest in RightsIn(scene, taker))
            await scene.Cluster.ApplyAsync(manifest);
        await Eventually.HoldsAsync(
            async () => (await scene.Cluster.SessionAsync(taker, "export"))!["status"] is { } status && status["observedGeneration"]!.GetValue<int>() >= generation && Stage.Condition(status, "Ready")!["reason"]!.GetValue<string>() == "Issued",
            "it is issued");
        scene.StsCalls.ShouldBeLessThanOrEqualTo(calls + 1);
    }

    [Fact]
    public async Task A_start_without_the_rights_in_one_namespace_serves_the_others_and_that_one_when_it_has_them()
    {
        await using var scene = await NamespacedScene.SetAsync(server);
        var taker = await ServeAnotherAsync(scene);
        string[] both = ["--namespaces", $"{taker},{scene.Namespace}"];
        var first = NamespacedScene.StartOperator(scene, both);
        await IssuedAsync(scene, taker, generation: 1);
        await IssuedAsync(scene, scene.Namespace, generation: 1);
        var secret = await scene.Cluster.SecretAsync(taker, "export");
        (await first.StopAsync()).ShouldBe(0);

        await TakeRightsAsync(scene, taker);
        await ChangeAsync(scene, scene.Namespace);
        var second = NamespacedScene.StartOperator(scene, both);
        await IssuedAsync(scene, scene.Namespace, generation: 2);
        await RefusedAsync(scene, $"/api/v1/namespaces/{taker}/secrets", times: 2);
        using (var http = new HttpClient { BaseAddress = await second.HttpAddressAsync() })
            (await http.GetAsync("/readyz", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Complaints(second, taker).ShouldBe([$"Watching {taker}/secrets"]);

        await GiveRightsAsync(scene, taker);
        await scene.Cluster.CreateSessionAsync(taker, "late", Scene.Spec());
        await Eventually.HoldsAsync(async () => await scene.Cluster.SecretAsync(taker, "late") is not null, "a new session is issued there");

        JsonNode.DeepEquals(await scene.Cluster.SecretAsync(taker, "export"), secret).ShouldBeTrue();
        scene.StsCalls.ShouldBe(4);
    }

    /// <summary>Another namespace for the same operator, with the rights of its own that docs/install says to give; there is a session in both.</summary>
    private static async Task<string> ServeAnotherAsync(Scene scene)
    {
        var another = await scene.Cluster.CreateNamespaceAsync();
        await GiveRightsAsync(scene, another);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, NamespacedScene.GrantTo(scene, scene.Namespace, another));
        await scene.Cluster.CreateSessionAsync(another, "export", Scene.Spec());
        await scene.CreateAsync("export");
        return another;
    }

    private static IEnumerable<JsonNode> RightsIn(Scene scene, string ns) => OperatorManifests.Namespaced(scene.Manifests.Home, ns).In(ns);

    private static async Task TakeRightsAsync(Scene scene, string ns)
    {
        await scene.Cluster.DeleteAsync(RightsIn(scene, ns).Single(manifest => OperatorManifests.Kind(manifest) == "RoleBinding"));
        await AnsweredAsync(scene, ns, HttpStatusCode.Forbidden);
    }

    private static async Task GiveRightsAsync(Scene scene, string ns)
    {
        foreach (var manifest in RightsIn(scene, ns))
            await scene.Cluster.ApplyAsync(manifest);
        await AnsweredAsync(scene, ns, HttpStatusCode.OK);
    }

    /// <summary>The API server hears of a changed right a moment later.</summary>
    private static Task AnsweredAsync(Scene scene, string ns, HttpStatusCode status) => Eventually.HoldsAsync(
        async () => await scene.Account.GetAsync($"/api/v1/namespaces/{ns}/secrets") == status, $"the API server answers {status} in {ns}");

    private static Task<JsonNode> ChangeAsync(Scene scene, string ns) => scene.Cluster.PatchSessionAsync(ns, "export", """{"spec":{"prefix":"in/changed/"}}""");

    private static Task IssuedAsync(Scene scene, string ns, int generation) => Eventually.HoldsAsync(
        async () => (await scene.Cluster.SessionAsync(ns, "export"))?["status"] is { } status
            && status["observedGeneration"]!.GetValue<int>() == generation
            && Stage.Condition(status, "Ready")?["reason"]?.GetValue<string>() == "Issued",
        $"generation {generation} in {ns} is issued");

    private static Task RefusedAsync(Scene scene, string path, int times) => Eventually.HoldsAsync(
        () => Task.FromResult(scene.Proxy.Requests.Count(request => request.Path == path && request.Status == (int)HttpStatusCode.Forbidden) >= times),
        $"{path} is refused {times} times");

    /// <summary>The first two words of each line above Information that tells of a namespace, in the order of the alphabet.</summary>
    private static IEnumerable<string> Complaints(OperatorProcess operatorProcess, string ns) =>
        from line in operatorProcess.Output.Split('\n')
        where line.StartsWith('{') && line.Contains(ns)
        let entry = JsonNode.Parse(line)!
        where entry["LogLevel"]!.GetValue<string>() is not ("Information" or "Debug" or "Trace")
        let words = string.Join(' ', entry["Message"]!.GetValue<string>().Split(' ').Take(2))
        orderby words
        select words;
}
