using System.Text.Json.Nodes;
using Operator.Tests.Running;
using UploadSessions;
using UploadSessions.Credentials;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Hostile;

/// <summary>Secrets of ours that lie. Whoever writes them can harm their own session only by destroying it: the rotation goes on.</summary>
public abstract class ForgedSecretTests(IApiServer server)
{
    /// <summary>Far sooner than what a lie says, and than what was asked for.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(8);

    private static readonly Dictionary<string, Func<DateTimeOffset, (string Annotation, string Value)[]>> Lies = new()
    {
        ["far-expiry"] = now => [(Annotations.ExpiresAt, Rfc3339.Format(now.AddHours(11)))],
        ["farther-expiry"] = now => [(Annotations.ExpiresAt, Rfc3339.Format(now.AddYears(50)))],
        ["near-expiry"] = now => [(Annotations.ExpiresAt, Rfc3339.Format(now.AddMinutes(50)))],
        ["issued-ahead"] = now => [(Annotations.IssuedAt, Rfc3339.Format(now.AddSeconds(50))), (Annotations.ExpiresAt, Rfc3339.Format(now.AddMinutes(50)))],
        ["issued-far-ahead"] = now => [(Annotations.IssuedAt, Rfc3339.Format(now.AddHours(1))), (Annotations.ExpiresAt, Rfc3339.Format(now.AddHours(2)))],
        ["another-hash"] = _ => [(Annotations.InputHash, new string('0', 64))],
        ["no-time"] = _ => [(Annotations.ExpiresAt, "never")],
        ["a-fraction"] = now => [(Annotations.ExpiresAt, Rfc3339.Format(now.AddMinutes(50)).Replace("Z", ".5Z", StringComparison.Ordinal))],
        ["an-escape"] = now => [(Annotations.AccessKeyId, "\u001b[2J"), (Annotations.ExpiresAt, Rfc3339.Format(now.AddMinutes(50)))],
        ["a-handled-request"] = now => [(Annotations.HandledRenewRequest, new string('r', 2000)), (Annotations.ExpiresAt, Rfc3339.Format(now.AddMinutes(50)))],
    };

    [Fact]
    public async Task No_lie_stops_the_rotation_neither_while_we_look_nor_while_we_do_not()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: Life);
        var running = scene.StartOperator();
        foreach (var name in Lies.Keys)
            await scene.CreateAsync(name);
        await ShouldRotateAsync(scene);

        await LieAsync(scene);
        await ShouldRotateAsync(scene);

        (await running.StopAsync()).ShouldBe(0);
        await LieAsync(scene);
        scene.StartOperator();
        await ShouldRotateAsync(scene);
    }

    /// <summary>While this process runs it knows what it wrote: then not even another key is believed.</summary>
    [Fact]
    public async Task What_we_did_not_write_is_not_believed_and_not_answered_in_haste()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await Forgery.LieAsync(scene, "export", (Annotations.AccessKeyId, "ASIAFORGED"));
        var repaired = await scene.StatusAsync("export", status => HasAnotherKey(status, before), "repaired");
        repaired["accessKeyId"]!.GetValue<string>().ShouldBe(scene.Aws.StsRequests[1].IssuedAccessKeyId);
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Any(told => told["reason"]!.GetValue<string>() == "SecretRepaired"), "an Event tells of it");

        // However often somebody lies, the next repair keeps its distance.
        await Eventually.HoldsAsync(
            async () =>
            {
                await Forgery.LieAsync(scene, "export", (Annotations.InputHash, "0000"));
                return ReasonOf((await scene.Cluster.SessionAsync(scene.Namespace, "export"))!["status"]!) == "Pending";
            },
            "the next repair waits");
        scene.StsCalls.ShouldBeLessThan(8);
        await scene.ReadyAsync("export");
    }

    public static TheoryData<string> Makings => new("under our manager", "under our manager, as an update", "under another manager");

    /// <summary>A Secret that was there before us, with the right name and the session's own uid, and everything that a Secret of ours says.</summary>
    [Theory]
    [MemberData(nameof(Makings))]
    public async Task A_Secret_that_somebody_made_for_the_session_is_replaced(string making)
    {
        await using var scene = await Scene.SetAsync(server);
        var session = await scene.CreateAsync("export");
        var metadata = Metadata(scene, session);
        var data = new JsonObject(SecretKeys.All.Select(key => KeyValuePair.Create(key, (JsonNode?)"eA==")));
        if (making == "under our manager")
            await Forgery.ApplyAsync(scene, "export", metadata, data);
        else
            await scene.Cluster.CreateSecretAsync(
                scene.Namespace,
                new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["data"] = data }.ToJsonString(),
                making == "under another manager" ? "editor" : Annotations.FieldManager);

        scene.StartOperator();
        var status = await scene.ReadyAsync("export");

        status["accessKeyId"]!.GetValue<string>().ShouldBe(scene.Aws.StsRequests.ShouldHaveSingleItem().IssuedAccessKeyId);
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
    }

    [Fact]
    public async Task A_Secret_nested_beyond_all_measure_is_repaired_and_hides_no_other()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", DeepFields.Patch("v1"));
        await scene.StatusAsync("export", status => HasAnotherKey(status, before), "repaired");

        await scene.CreateAsync("other");
        await scene.ReadyAsync("other");
    }

    /// <summary>As the operator reads it from its flag: the hash is over the text.</summary>
    private static Uri AsGiven(Uri uri) => new(uri.ToString());

    private static async Task LieAsync(Scene scene)
    {
        foreach (var (name, lies) in Lies)
            await Forgery.LieAsync(scene, name, lies(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Every session gets new credentials twice, and the status tells of those that STS gave last.</summary>
    private static async Task ShouldRotateAsync(Scene scene)
    {
        var issued = Lies.Keys.ToDictionary(name => name, name => Issued(scene, name).Count);
        foreach (var name in Lies.Keys)
        {
            await Eventually.HoldsAsync(() => Task.FromResult(Issued(scene, name).Count >= issued[name] + 2), $"{name} is renewed twice");
            await scene.StatusAsync(name, status => Issued(scene, name).Contains(status["accessKeyId"]?.GetValue<string>()) && IsIssued(status), "the status tells of them");
        }
    }

    private static string? ReasonOf(JsonNode status) => Scene.Condition(status, "Ready")?["reason"]?.GetValue<string>();

    private static bool IsIssued(JsonNode status) => ReasonOf(status) == "Issued";

    private static HashSet<string?> Issued(Scene scene, string name) =>
        [.. scene.Aws.StsRequests.Where(call => call.SessionName == $"{scene.Namespace}.{name}").Select(call => call.IssuedAccessKeyId)];

    private static bool HasAnotherKey(JsonNode status, JsonNode before) =>
        status["accessKeyId"] is { } key && key.GetValue<string>() != before["accessKeyId"]!.GetValue<string>() && IsIssued(status);

    /// <summary>Everything that is right, and an expiry of eleven hours.</summary>
    private static JsonObject Metadata(Scene scene, JsonNode session)
    {
        var created = new UploadSession
        {
            Metadata = new() { Name = "export", Namespace = scene.Namespace },
            Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket, Prefix = "in/" },
        };
        var terms = SpecReader.Read(created, new SpecDefaults("us-east-1", AsGiven(scene.Aws.S3), AsGiven(scene.Aws.Sts))).Terms!;
        var now = TimeProvider.System.GetUtcNow();
        var facts = new CredentialFacts("ASIAFORGED", now, now.AddHours(11), InputHash.Of(terms, $"{scene.Namespace}.export"), null);
        return new JsonObject
        {
            ["name"] = "export",
            ["labels"] = new JsonObject { [Annotations.ManagedLabel] = "true" },
            ["annotations"] = new JsonObject(facts.ToAnnotations().Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "uploadsession.io/v1alpha1",
                ["kind"] = "UploadSession",
                ["name"] = "export",
                ["uid"] = session["metadata"]!["uid"]!.GetValue<string>(),
                ["controller"] = true,
            }),
        };
    }
}

public sealed class EmbeddedForgedSecretTests(EmbeddedServer server) : ForgedSecretTests(server);

public sealed class EnvtestForgedSecretTests(EnvtestServer server) : ForgedSecretTests(server);
