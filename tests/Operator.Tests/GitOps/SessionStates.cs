using System.Text.Json.Nodes;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.GitOps;

/// <summary>Brings real sessions into every state there is, one each, side by side.</summary>
internal sealed class SessionStates(Scene scene)
{
    private static readonly TimeSpan ShortLife = TimeSpan.FromSeconds(8);

    /// <summary>The sessions by the state they are in, each as the API server had it then.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonNode>> ReachAsync(Scene scene)
    {
        var states = new SessionStates(scene);
        await scene.CreateAsync("unseen");
        var unseen = (await scene.Cluster.SessionAsync(scene.Namespace, "unseen"))!;
        var grant = scene.Grant();
        grant["targets"]![0]!["access"]!.AsArray().Add("List");
        await scene.Cluster.CreateGrantAsync(scene.Namespace, grant);
        scene.StartOperator("--grants", "required");
        var reached = await Task.WhenAll(
            states.IssuedAsync(),
            states.FailedAsync("StsUnavailable", Fault.InternalFailure),
            states.FailedAsync("Throttled", Fault.Throttling),
            states.FailedAsync("AssumeRoleDenied", Fault.AccessDenied),
            states.RefusedAsync("InvalidSpec", spec => spec["constraints"] = JsonNode.Parse(Scene.InvalidConstraints)),
            states.RefusedAsync("NotGranted", spec => spec["bucket"] = "other"),
            states.RefusedAsync("PolicyTooLarge", spec => spec["prefix"] = "in/" + new string('x', 1020), "Upload", "List"),
            states.RefusedAsync("Ended", spec => spec["lifetime"] = "1s"),
            states.ConflictAsync(),
            states.OutdatedAsync(),
            states.SuspendedAsync());
        var shortLived = await Task.WhenAll(states.RenewalFailingAsync(), states.SuspendedExpiredAsync());
        return reached.Concat(shortLived).Append(("Unseen", unseen)).ToDictionary(state => state.Item1, state => state.Item2);
    }

    private async Task<(string, JsonNode)> IssuedAsync()
    {
        await scene.CreateAsync("issued");
        return ("Issued", await SeenAsync("issued", "Issued"));
    }

    private async Task<(string, JsonNode)> FailedAsync(string reason, Fault fault)
    {
        var name = NameOf(reason);
        Fail(name, fault);
        await scene.CreateAsync(name);
        return (reason, await SeenAsync(name, reason));
    }

    private async Task<(string, JsonNode)> RefusedAsync(string reason, Action<JsonObject> change, params string[] access)
    {
        var name = NameOf(reason);
        var spec = Scene.Spec();
        change(spec);
        if (access.Length > 0)
            spec["access"] = new JsonArray([.. access]);
        await scene.CreateAsync(name, spec);
        return (reason, await SeenAsync(name, reason));
    }

    private async Task<(string, JsonNode)> ConflictAsync()
    {
        await scene.Cluster.CreateSecretAsync(scene.Namespace, """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"secretconflict"}}""");
        await scene.CreateAsync("secretconflict");
        return ("SecretConflict", await SeenAsync("secretconflict", "SecretConflict"));
    }

    private async Task<(string, JsonNode)> OutdatedAsync()
    {
        await scene.CreateAsync("outdated");
        await scene.ReadyAsync("outdated");
        Fail("outdated", Fault.AccessDenied);
        await scene.PatchAsync("outdated", """{"spec":{"prefix":"in/narrow/"}}""");
        return ("Outdated", await SeenAsync("outdated", "Outdated"));
    }

    private async Task<(string, JsonNode)> SuspendedAsync()
    {
        await scene.CreateAsync("suspended");
        await scene.ReadyAsync("suspended");
        await scene.PatchAsync("suspended", """{"spec":{"suspend":true}}""");
        return ("Suspended", await SeenAsync("suspended", "Suspended"));
    }

    private async Task<(string, JsonNode)> SuspendedExpiredAsync()
    {
        scene.Aws.CredentialLifetime = ShortLife;
        await scene.CreateAsync("suspendedexpired");
        await scene.ReadyAsync("suspendedexpired");
        await scene.PatchAsync("suspendedexpired", """{"spec":{"suspend":true}}""");
        return ("SuspendedExpired", await SeenAsync("suspendedexpired", "Suspended", ready: "False"));
    }

    private async Task<(string, JsonNode)> RenewalFailingAsync()
    {
        scene.Aws.CredentialLifetime = ShortLife;
        await scene.CreateAsync("renewalfailing");
        await scene.ReadyAsync("renewalfailing");
        Fail("renewalfailing", Fault.AccessDenied);
        return ("RenewalFailing", await SeenAsync("renewalfailing", "Issued", also: "RenewalFailing"));
    }

    /// <summary>Until the scene ends.</summary>
    private void Fail(string name, Fault fault) =>
        scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" && call.SessionName == $"{scene.Namespace}.{name}" ? fault : null);

    private Task<JsonNode> SeenAsync(string name, string reason, string? ready = null, string? also = null) => Eventually.GetAsync(
        async () =>
        {
            var session = (await scene.Cluster.SessionAsync(scene.Namespace, name))!;
            var found = Scene.Condition(session["status"]!, "Ready");
            return found?["reason"]!.GetValue<string>() == reason
                && session["status"]!["observedGeneration"]!.GetValue<long>() == session["metadata"]!["generation"]!.GetValue<long>()
                && (ready is null || found["status"]!.GetValue<string>() == ready)
                && (also is null || Scene.Condition(session["status"]!, also) is not null)
                    ? session
                    : null;
        },
        $"{name} reads {reason}");

    private static string NameOf(string reason) => reason.ToLowerInvariant();
}
