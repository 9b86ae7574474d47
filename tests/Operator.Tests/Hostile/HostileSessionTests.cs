using System.Net;
using System.Text.Json.Nodes;
using HostileCorpus;
using Operator.Tests.Running;

namespace Operator.Tests.Hostile;

/// <summary>All hostile sessions at once, in one namespace with one grant: the operator cannot be talked into anything, and goes on serving.</summary>
public abstract class HostileSessionTests(IApiServer server)
{
    private static readonly string[] Reasons =
        ["Issued", "Pending", "Throttled", "StsUnavailable", "InvalidSpec", "PolicyTooLarge", "AssumeRoleDenied", "SecretConflict", "Outdated", "Suspended", "Ended", "NotGranted"];

    private static readonly string[] Arguments = ["--grants", "required", "--cluster-name", "prod-1"];

    [Fact]
    public async Task None_gets_more_than_the_grant_gives_and_each_is_told_why()
    {
        await using var scene = await Scene.SetAsync(server);
        await scene.Cluster.CreateGrantAsync(scene.Namespace, Ground.GrantJson(scene.Namespace));
        var running = scene.StartOperator(Arguments);
        var foreign = await ForeignSecrets.CreateAsync(scene);
        await scene.CreateAsync("deep");
        await scene.PatchAsync("deep", DeepFields.Patch("uploadsession.io/v1alpha1"));

        var accepted = await CreateAllAsync(scene);
        foreach (var one in accepted)
            await ShouldBeToldAsync(scene, one);
        await scene.CreateAsync("good");
        await scene.ReadyAsync("good");
        using (var client = await scene.ClientAsync("good"))
            (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");

        var may = accepted.Where(one => WireOutcome.Of(scene, one) == "Issued").ToDictionary(one => one.Name, WireOutcome.SpecOf);
        foreach (var name in new[] { ForeignSecrets.Victim, "deep", "good", "late" })
            may[name] = Ground.Spec;
        StsCalls.ShouldBeWithinTheGrant(scene, may);
        (await running.StopAsync()).ShouldBe(0);

        // All of them are listed anew: none is issued again, and none hides the others.
        running = scene.StartOperator(Arguments);
        await scene.CreateAsync("late");
        await scene.ReadyAsync("late");
        StsCalls.ShouldBeWithinTheGrant(scene, may);
        (await running.StopAsync()).ShouldBe(0);
        await foreign.ShouldBeUntouchedAsync();
        ShouldBeLogLines(scene.Output);
    }

    /// <summary>Creates every case that the API server takes; what it refuses, it refuses by the field.</summary>
    private static async Task<IReadOnlyList<SessionCase>> CreateAllAsync(Scene scene)
    {
        var refused = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(Corpus.Sessions, limit, async (one, _) =>
        {
            try
            {
                await scene.Cluster.CreateSessionAsync(scene.Namespace, one.Name, one.Json, one.Annotations);
            }
            catch (ClusterException refusal) when (refusal.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest)
            {
                refused[one.Name] = refusal.Answer;
            }
        });
        foreach (var one in Corpus.Sessions.Where(one => refused.ContainsKey(one.Name)))
            refused[one.Name].ShouldContain("spec", Case.Sensitive, one.Why);
        var accepted = Corpus.Sessions.Where(one => !refused.ContainsKey(one.Name)).ToList();
        accepted.ShouldAllBe(one => one.Spec != null);
        Math.Min(accepted.Count, refused.Count).ShouldBeGreaterThan(200);
        return accepted;
    }

    private static async Task ShouldBeToldAsync(Scene scene, SessionCase one)
    {
        var status = await scene.StatusAsync(one.Name, status => Scene.Condition(status, "Ready")?["reason"]?.GetValue<string>() is not (null or "Pending"), "it is told why");
        var ready = Scene.Condition(status, "Ready")!;
        var reason = ready["reason"]!.GetValue<string>();
        Reasons.ShouldContain(reason);
        Invisible.In(ready["message"]!.GetValue<string>()).ShouldBeEmpty();
        // Two cases may ask for one Secret: the first has it.
        if (reason != "SecretConflict" || one.Spec!.SecretName is null)
            reason.ShouldBe(WireOutcome.Of(scene, one), $"{one.Name}: {one.Why}: {ready["message"]}");
        else
            WireOutcome.Of(scene, one).ShouldBeOneOf("Issued", "SecretConflict");
    }

    /// <summary>No text of others makes two lines of one, or reaches a terminal.</summary>
    private static void ShouldBeLogLines(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeGreaterThan(200);
        foreach (var line in lines)
        {
            Invisible.In(line).ShouldBeEmpty(line);
            Should.NotThrow(() => JsonNode.Parse(line)!.AsObject()["LogLevel"]!.GetValue<string>(), line);
        }
    }
}

public sealed class EmbeddedHostileSessionTests(EmbeddedServer server) : HostileSessionTests(server);

public sealed class EnvtestHostileSessionTests(EnvtestServer server) : HostileSessionTests(server);
