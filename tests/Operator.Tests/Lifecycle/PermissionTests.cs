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
        var grant = scene.Grant();
        grant["targets"]![0]!.AsObject().Remove("prefix");
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        var leader = scene.StartOperator("--grants", "required", "--leader-elect", "true", "--leader-election-namespace", scene.Namespace);
        await MeetAConflictAsync(scene);
        await MoveASecretAsync(scene);
        await TellOfADenialAsync(scene);
        (await leader.StopAsync()).ShouldBe(0);

        scene.Proxy.Requests.ShouldAllBe(request => request.Status != (int)HttpStatusCode.Forbidden);
        scene.Proxy.Requests.SelectMany(Used).ToHashSet().Select(Text).Order()
            .ShouldBe(OperatorManifests.Granted().Select(Text).Order());
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

    private static async Task MeetAConflictAsync(Scene scene)
    {
        var changed = false;
        scene.Proxy.Before = async request =>
        {
            if (!changed && request.Method == "PATCH" && request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                changed = true;
                await scene.PatchAsync("export", """{"spec":{"prefix":"other/"}}""");
            }

            return null;
        };
        await scene.CreateAsync("export");
        await scene.StatusAsync("export", status => changed && status["observedGeneration"]!.GetValue<int>() == 2, "the changed spec is issued");
        scene.Proxy.Before = null;
    }

    private static async Task MoveASecretAsync(Scene scene)
    {
        await scene.PatchAsync("export", """{"spec":{"secretName":"moved"}}""");
        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is null, "the old Secret is gone");
    }

    private static async Task TellOfADenialAsync(Scene scene)
    {
        var spec = Scene.Spec();
        spec["roleArn"] = "arn:aws:iam::123456789012:role/other";
        await scene.CreateAsync("denied", spec);
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Count > 0, "an Event tells of it");
    }

    private static string Text(Permission permission) => permission.ToString();

    /// <summary>What the API server asks its authorizer for a request: an apply that creates needs the right to create as well.</summary>
    private static IEnumerable<Permission> Used(ProxiedRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        var group = parts[0] == "apis" ? parts[1] : "";
        parts.RemoveRange(0, parts[0] == "apis" ? 3 : 2);
        if (parts is ["namespaces", _, _, ..])
            parts.RemoveRange(0, 2);
        var resource = parts.Count > 2 ? $"{parts[0]}/{parts[2]}" : parts[0];
        yield return new(Verb(request, isNamed: parts.Count > 1), group, resource);
        if (request is { Method: "PATCH", Status: (int)HttpStatusCode.Created })
            yield return new("create", group, resource);
    }

    private static string Verb(ProxiedRequest request, bool isNamed) => request.Method switch
    {
        "GET" when request.IsWatch => "watch",
        "GET" => isNamed ? "get" : "list",
        "POST" => "create",
        "PUT" => "update",
        var other => other.ToLowerInvariant(),
    };
}
