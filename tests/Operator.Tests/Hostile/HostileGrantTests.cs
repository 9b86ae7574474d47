using System.Net;
using HostileCorpus;
using Operator.Tests.Running;

namespace Operator.Tests.Hostile;

/// <summary>All invalid grants at once: what the API server takes of them allows nothing.</summary>
public abstract class HostileGrantTests(IApiServer server)
{
    [Fact]
    public async Task An_invalid_grant_allows_nothing()
    {
        await using var scene = await Scene.SetAsync(server);
        await CreateGrantsAsync(scene);
        var running = scene.StartOperator("--grants", "required");
        await scene.CreateAsync("export", Ground.SpecJson());

        var ready = Scene.Condition(await scene.ReadyAsync("export", "NotGranted"), "Ready")!;
        ready["message"]!.GetValue<string>().ShouldContain("is invalid and allows nothing");
        Invisible.In(ready["message"]!.GetValue<string>()).ShouldBeEmpty();
        scene.StsCalls.ShouldBe(0);

        await scene.Cluster.CreateGrantAsync(scene.Namespace, Ground.GrantJson(scene.Namespace));
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(1);
        (await running.StopAsync()).ShouldBe(0);
    }

    /// <summary>Creates every one that the API server takes; what it refuses, it refuses by the field.</summary>
    private static async Task CreateGrantsAsync(Scene scene)
    {
        var invalid = Corpus.Grants.Where(one => one.Expect != "schema" && !one.Expect.StartsWith("grant:", StringComparison.Ordinal)).ToList();
        var accepted = 0;
        foreach (var one in invalid)
        {
            try
            {
                await scene.Cluster.CreateGrantAsync($"{scene.Namespace}-{one.Name}", one.Json(scene.Namespace));
                accepted++;
            }
            catch (ClusterException refused) when (refused.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
            {
                refused.Answer.ShouldContain("spec", Case.Sensitive, one.Why);
            }
        }

        accepted.ShouldBeInRange(40, invalid.Count - 40);
    }
}

public sealed class EmbeddedHostileGrantTests(EmbeddedServer server) : HostileGrantTests(server);

public sealed class EnvtestHostileGrantTests(EnvtestServer server) : HostileGrantTests(server);
