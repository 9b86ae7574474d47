using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Operator.Tests.Running;

namespace Operator.Tests.Lifecycle;

/// <summary>What happens to the Secret: repaired where it is ours, never touched where it is not, whatever races with us.</summary>
public abstract class SecretTests(IApiServer server)
{
    private const string Foreign = """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"export"},"data":{"keep":"bWU="}}""";

    [Fact]
    public async Task A_deleted_Secret_is_written_anew()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.Cluster.DeleteSecretAsync(scene.Namespace, "export");
        await scene.StatusAsync("export", status => status["accessKeyId"]?.GetValue<string>() != before["accessKeyId"]!.GetValue<string>(), "new credentials");

        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
        scene.StsCalls.ShouldBe(2);
    }

    [Theory]
    [InlineData("a value is overwritten", """{"data":{"AWS_SECRET_ACCESS_KEY":"eA=="}}""")]
    [InlineData("a key is removed", """{"data":{"credentials":null}}""")]
    [InlineData("an annotation is forged", """{"metadata":{"annotations":{"uploadsession.io/expires-at":"2099-01-01T00:00:00Z"}}}""")]
    [InlineData("the label is removed", """{"metadata":{"labels":{"uploadsession.io/managed":null}}}""")]
    public async Task An_edited_Secret_is_repaired(string edit, string patch)
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", patch);
        await scene.StatusAsync("export", status => status["accessKeyId"]?.GetValue<string>() != before["accessKeyId"]!.GetValue<string>(), edit);

        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
        (await scene.SecretAsync("export"))!["metadata"]!["labels"]!["uploadsession.io/managed"]!.GetValue<string>().ShouldBe("true");
    }

    [Fact]
    public async Task Keys_of_others_stay_in_our_Secret()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(5));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"data":{"theirs":"eA=="}}""");
        await scene.StatusAsync("export", status => status["rotations"]?.GetValue<int>() >= 2, "rotations go on");

        (await scene.SecretAsync("export"))!["data"]!["theirs"]!.GetValue<string>().ShouldBe("eA==");
        (await scene.Cluster.EventsAsync(scene.Namespace)).ShouldNotContain(told => told["reason"]!.GetValue<string>() == "SecretRepaired");
    }

    [Fact]
    public async Task An_immutable_Secret_of_ours_is_replaced()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(6));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"immutable":true}""");

        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is { } secret && secret["immutable"] is null, "the next rotation replaces it");
        await Eventually.HoldsAsync(async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Any(told => told["reason"]!.GetValue<string>() == "SecretReplaced"), "an Event tells of it");
    }

    [Fact]
    public async Task An_immutable_Secret_that_a_finalizer_keeps_is_told_of_once()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(20));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"immutable":true,"metadata":{"finalizers":["example.io/theirs"]}}""");

        var status = await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is not null, "the refusal is told");
        Scene.Condition(status, "RenewalFailing")!["message"]!.GetValue<string>().ShouldContain("a finalizer keeps it from being deleted");
        scene.Proxy.Requests.Count(request => request.Method == "DELETE").ShouldBe(1);
        await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"metadata":{"finalizers":null}}""");
        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is { } secret && secret["immutable"] is null, "it is replaced in the end");
        (await scene.Cluster.EventsAsync(scene.Namespace)).Count(told => told["reason"]!.GetValue<string>() == "SecretReplaced").ShouldBe(1);
    }

    /// <summary>A status without credentials makes it no first issuance, which would be made at once each time: two operators that disagree about a session do just that.</summary>
    [Fact]
    public async Task Whoever_deletes_the_Secret_and_empties_the_status_is_not_answered_in_haste()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var started = TimeProvider.System.GetTimestamp();

        for (var round = 0; round < 100; round++)
        {
            if (await scene.SecretAsync("export") is not null)
                await scene.Cluster.DeleteSecretAsync(scene.Namespace, "export");
            await scene.Cluster.PatchStatusAsync(scene.Namespace, "export", """{"status":{"accessKeyId":null,"secretName":null}}""");
        }

        scene.StsCalls.ShouldBeLessThanOrEqualTo(2 + Repairs.MostIn(TimeProvider.System.GetElapsedTime(started)));
    }

    /// <summary>They look like Secrets that the session once had under other names.</summary>
    [Fact]
    public async Task Old_Secrets_that_finalizers_keep_are_deleted_once()
    {
        const int Copies = 20;
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var ours = (await scene.SecretAsync("export"))!;
        for (var number = 0; number < Copies; number++)
        {
            var metadata = new JsonObject { ["name"] = $"copy-{number}", ["finalizers"] = new JsonArray("example.io/theirs") };
            foreach (var part in new[] { "labels", "annotations", "ownerReferences" })
                metadata[part] = ours["metadata"]![part]!.DeepClone();
            var copy = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Secret", ["metadata"] = metadata, ["data"] = ours["data"]!.DeepClone() };
            await scene.Cluster.ApplySecretAsync(scene.Namespace, $"copy-{number}", "upload-session-operator", copy);
        }

        int Deleted() => scene.Proxy.Requests.Count(request => request is { Method: "DELETE", Status: 200 });
        await Eventually.HoldsAsync(() => Task.FromResult(Deleted() == Copies), "each is deleted");
        for (var edit = 0; edit < 5; edit++)
            await scene.PatchAsync("export", $$$"""{"metadata":{"labels":{"theirs":"x{{{edit}}}" } } }""");
        await scene.CreateAsync("other");
        await scene.ReadyAsync("other");

        Deleted().ShouldBe(Copies);
    }

    /// <summary>Only immutability is a reason to replace a Secret: an admission webhook may answer 422 as well.</summary>
    [Fact]
    public async Task A_refused_write_leaves_the_working_Secret_in_place()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(20));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var before = (await scene.SecretAsync("export"))!["metadata"]!["uid"]!.GetValue<string>();
        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(IsSecretWrite(request) ? HttpStatusCode.UnprocessableEntity : null);

        var status = await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is not null, "the refusal is told");

        Scene.Condition(status, "RenewalFailing")!["reason"]!.GetValue<string>().ShouldBe("SecretWriteRefused");
        scene.Proxy.Requests.ShouldNotContain(request => request.Method == "DELETE");
        (await scene.SecretAsync("export"))!["metadata"]!["uid"]!.GetValue<string>().ShouldBe(before);
    }

    /// <summary>Admission, a quota, a namespace that is gone, and size.</summary>
    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_refused_first_write_is_told_and_costs_one_STS_call_in_the_end(HttpStatusCode refusal)
    {
        await using var scene = await Scene.SetAsync(server);
        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(IsSecretWrite(request) ? refusal : null);
        scene.StartOperator();
        await scene.CreateAsync("export");

        var message = Scene.Condition(await scene.ReadyAsync("export", "Pending"), "Ready")!["message"]!.GetValue<string>();
        message.ShouldContain($"SecretWriteRefused: the API server refused the Secret: {(int)refusal}");

        scene.Proxy.Before = null;
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_foreign_Secret_of_that_name_is_a_conflict_and_stays_as_it_is()
    {
        await using var scene = await Scene.SetAsync(server);
        await scene.Cluster.CreateSecretAsync(scene.Namespace, Foreign);
        var before = await scene.SecretAsync("export");
        scene.StartOperator();
        await scene.CreateAsync("export");

        var status = await scene.ReadyAsync("export", "SecretConflict");

        Scene.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain("/export");
        (await scene.SecretAsync("export"))!.ToJsonString().ShouldBe(before!.ToJsonString());
        scene.StsCalls.ShouldBe(0);
    }

    [Fact]
    public async Task Another_sessions_Secret_is_foreign_although_it_has_our_label()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var owner = await scene.ReadyAsync("export");
        var spec = Scene.Spec("theirs/");
        spec["secretName"] = "export";
        await scene.CreateAsync("thief", spec);

        await scene.ReadyAsync("thief", "SecretConflict");

        (await scene.ReadyAsync("export"))["accessKeyId"]!.GetValue<string>().ShouldBe(owner["accessKeyId"]!.GetValue<string>());
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>The race that resourceVersion "1" prevents: a plain apply would merge our keys into the newcomer.</summary>
    [Fact]
    public async Task A_Secret_that_appears_between_look_and_write_is_not_touched()
    {
        await using var scene = await Scene.SetAsync(server);
        JsonNode? appeared = null;
        scene.Proxy.Before = async request =>
        {
            if (IsSecretWrite(request) && appeared is null)
                appeared = await scene.Cluster.CreateSecretAsync(scene.Namespace, Foreign);
            return null;
        };
        scene.StartOperator();
        await scene.CreateAsync("export");

        await scene.ReadyAsync("export", "SecretConflict");

        var secret = (await scene.SecretAsync("export"))!;
        secret["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(appeared!["metadata"]!["resourceVersion"]!.GetValue<string>());
        secret["data"]!.AsObject().Select(entry => entry.Key).ShouldBe(["keep"]);
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>The race that the uid prevents: our Secret was replaced by another of its name.</summary>
    [Fact]
    public async Task A_Secret_that_was_replaced_between_look_and_write_is_not_touched()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var replaced = false;
        scene.Proxy.Before = async request =>
        {
            if (IsSecretWrite(request) && !replaced)
            {
                replaced = true;
                await scene.Cluster.DeleteSecretAsync(scene.Namespace, "export");
                await scene.Cluster.CreateSecretAsync(scene.Namespace, Foreign);
            }

            return null;
        };

        await scene.PatchAsync("export", """{"spec":{"prefix":"other/"}}""");
        await scene.ReadyAsync("export", "SecretConflict");

        (await scene.SecretAsync("export"))!["data"]!.AsObject().Select(entry => entry.Key).ShouldBe(["keep"]);
        scene.StsCalls.ShouldBe(2);
    }

    /// <summary>The race that the resourceVersion of a write over our own Secret prevents: somebody changed it since we looked.</summary>
    [Fact]
    public async Task A_Secret_that_changed_between_look_and_write_costs_another_look_and_no_second_STS_call()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var changed = false;
        scene.Proxy.Before = async request =>
        {
            if (IsSecretWrite(request) && !changed)
            {
                changed = true;
                await scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"data":{"theirs":"eA=="}}""");
            }

            return null;
        };

        scene.Proxy.Forget();

        await scene.PatchAsync("export", """{"spec":{"prefix":"other/"}}""");
        await scene.StatusAsync("export", status => status["observedGeneration"]!.GetValue<int>() == 2 && ChangeTests.IsReady(status), "the change is issued");

        changed.ShouldBeTrue();
        scene.Proxy.Requests.Where(request => request.Path.Contains("/export", StringComparison.Ordinal)).Select(request => $"{request.Method} {request.Path.Split('/')[^1]}")
            .ShouldBe(["GET export", "PATCH export", "GET export", "PATCH export", "PATCH status"]);
        scene.StsCalls.ShouldBe(2);
        (await scene.SecretAsync("export"))!["data"]!["theirs"]!.GetValue<string>().ShouldBe("eA==");
    }

    /// <summary>The race that the preconditions of a delete prevent: at the session's end the name belongs to somebody else.</summary>
    [Fact]
    public async Task A_Secret_that_was_replaced_before_the_delete_at_the_end_is_not_touched()
    {
        await using var scene = await Scene.SetAsync(server);
        var replaced = false;
        scene.Proxy.Before = async request =>
        {
            if (request.Method == "DELETE" && !replaced)
            {
                replaced = true;
                await scene.Cluster.DeleteSecretAsync(scene.Namespace, "export");
                await scene.Cluster.CreateSecretAsync(scene.Namespace, Foreign);
            }

            return null;
        };
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await scene.EndSoonAsync("export");

        await scene.ReadyAsync("export", "Ended");

        replaced.ShouldBeTrue();
        (await scene.SecretAsync("export"))!["data"]!.AsObject().Select(entry => entry.Key).ShouldBe(["keep"]);
    }

    /// <summary>The race that the resourceVersion of a delete prevents: somebody has taken the Secret over since we looked.</summary>
    [Fact]
    public async Task A_Secret_that_was_taken_over_before_the_delete_under_its_old_name_is_not_touched()
    {
        await using var scene = await Scene.SetAsync(server);
        await MoveAsync(scene, beforeDelete: () => scene.Cluster.PatchSecretAsync(scene.Namespace, "export", """{"metadata":{"ownerReferences":null}}"""));

        (await scene.SecretAsync("export")).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_Secret_that_is_gone_before_the_delete_under_its_old_name_is_no_failure()
    {
        await using var scene = await Scene.SetAsync(server);
        await MoveAsync(scene, beforeDelete: () => scene.Cluster.DeleteSecretAsync(scene.Namespace, "export"));

        scene.Output.ShouldNotContain("failed at");
    }

    /// <summary>Gives a session's Secret another name, and lets something happen before the first delete of the old one arrives.</summary>
    private static async Task MoveAsync(Scene scene, Func<Task> beforeDelete)
    {
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var happened = false;
        scene.Proxy.Before = async request =>
        {
            if (request.Method == "DELETE" && !happened)
            {
                happened = true;
                await beforeDelete();
            }

            return null;
        };

        await scene.PatchAsync("export", """{"spec":{"secretName":"moved"}}""");
        await scene.StatusAsync("export", status => status["secretName"]?.GetValue<string>() == "moved" && ChangeTests.IsReady(status), "the Secret has moved");

        happened.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lost_answer_of_the_Secret_write_costs_no_second_STS_call()
    {
        await using var scene = await Scene.SetAsync(server);
        var lost = 0;
        scene.Proxy.After = (request, _) => Task.FromResult<HttpStatusCode?>(IsSecretWrite(request) && Interlocked.Increment(ref lost) <= 2 ? HttpStatusCode.ServiceUnavailable : null);
        scene.StartOperator();
        await scene.CreateAsync("export");

        await scene.ReadyAsync("export");

        lost.ShouldBeGreaterThan(0);
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>The write had arrived: what is in hand is what the Secret held, and whoever deletes that wants other credentials.</summary>
    [Fact]
    public async Task After_a_lost_answer_a_deleted_Secret_comes_back_with_new_credentials()
    {
        await using var scene = await Scene.SetAsync(server);
        var lost = 0;
        scene.Proxy.After = (request, _) => Task.FromResult<HttpStatusCode?>(IsSecretWrite(request) && Interlocked.Increment(ref lost) <= 1 ? HttpStatusCode.ServiceUnavailable : null);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.Cluster.DeleteSecretAsync(scene.Namespace, "export");
        await scene.StatusAsync("export", status => status["accessKeyId"]!.GetValue<string>() != before["accessKeyId"]!.GetValue<string>(), "new credentials");

        (scene.StsCalls, lost).ShouldBe((2, 2));
    }

    /// <summary>A leader that its machine paused with a write under way: by the time the write arrives, another leads and has written for a newer spec.</summary>
    [Fact]
    public async Task A_write_of_an_older_spec_that_comes_late_does_not_replace_the_credentials_of_a_newer_one()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var other = await ApiProxy.StartAsync(server, scene.Namespace, TestContext.Current.CancellationToken);
        var (paused, arrived) = (new TaskCompletionSource(), new TaskCompletionSource());
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        scene.Proxy.Before = async request =>
        {
            if (IsSecretWrite(request))
                arrived.TrySetResult();
            if (arrived.Task.IsCompleted)
                await paused.Task;
            return null;
        };
        await scene.PatchAsync("export", """{"spec":{"prefix":"in/wide/"}}""");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var newer = scene.StartOperator(other);
        await IssuedAsync(scene, generation: 2);
        await scene.PatchAsync("export", """{"spec":{"prefix":"in/narrow/"}}""");
        await IssuedAsync(scene, generation: 3);
        await newer.KillAsync();
        var narrow = (await scene.SecretAsync("export"))!["metadata"]!["resourceVersion"]!.GetValue<string>();
        var answered = new TaskCompletionSource<int>();
        scene.Proxy.After = (request, status) =>
        {
            if (IsSecretWrite(request))
                answered.TrySetResult((int)status);
            return Task.FromResult<HttpStatusCode?>(null);
        };

        paused.SetResult();
        (await answered.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken)).ShouldBe((int)HttpStatusCode.Conflict);
        await scene.CreateAsync("later");
        await scene.ReadyAsync("later");

        (await scene.SecretAsync("export"))!["metadata"]!["resourceVersion"]!.GetValue<string>().ShouldBe(narrow);
    }

    /// <summary>It knows the session as it was, and sees that somebody has issued for another spec: that one is newer.</summary>
    [Fact]
    public async Task A_replica_that_hears_nothing_of_sessions_does_not_replace_the_credentials_of_a_newer_spec()
    {
        await using var scene = await Scene.SetAsync(server);
        await using var other = await ApiProxy.StartAsync(server, scene.Namespace, TestContext.Current.CancellationToken);
        var newer = scene.StartOperator(other);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        var deaf = scene.StartOperator();
        await Eventually.HoldsAsync(() => Task.FromResult(deaf.Output.Contains("Controller uploadsession runs")), "the other operator works, too");
        await scene.FailWatchOfSessionsAsync(deaf);
        await scene.PatchAsync("export", """{"spec":{"prefix":"in/narrow/"}}""");
        await IssuedAsync(scene, generation: 2);
        await newer.KillAsync();

        await scene.LookedForAsync("export");
        scene.Proxy.Before = null;
        await scene.CreateAsync("later");
        await scene.ReadyAsync("later");

        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("AccessDenied");
        scene.StsCalls.ShouldBe(3);
    }

    [Fact]
    public async Task A_crash_between_Secret_and_status_heals_without_STS()
    {
        await using var scene = await Scene.SetAsync(server);
        var reached = new TaskCompletionSource();
        scene.Proxy.Before = request =>
        {
            if (!request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
                return Task.FromResult<HttpStatusCode?>(null);
            reached.TrySetResult();
            return Task.FromResult<HttpStatusCode?>(HttpStatusCode.ServiceUnavailable);
        };
        var first = scene.StartOperator();
        await scene.CreateAsync("export");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await first.KillAsync();
        scene.Proxy.Before = null;

        scene.StartOperator();
        var status = await scene.ReadyAsync("export");

        scene.StsCalls.ShouldBe(1);
        status["accessKeyId"]!.GetValue<string>().ShouldBe(Scene.Data((await scene.SecretAsync("export"))!, "AWS_ACCESS_KEY_ID"));
    }

    [Fact]
    public async Task A_session_made_again_takes_over_its_predecessors_Secret()
    {
        await using var scene = await Scene.SetAsync(server);
        var first = scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");
        await first.KillAsync();
        await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");
        var made = await scene.CreateAsync("export", Scene.Spec("second/"));

        scene.StartOperator();
        await scene.StatusAsync("export", status => ChangeTests.IsReady(status) && status["accessKeyId"]!.GetValue<string>() != before["accessKeyId"]!.GetValue<string>(), "the second session is served");

        (await scene.SecretAsync("export"))!["metadata"]!["ownerReferences"]!.AsArray().Select(owner => owner!["uid"]!.GetValue<string>())
            .ShouldBe([made["metadata"]!["uid"]!.GetValue<string>()]);
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "second/a")).ShouldBe("OK");
    }

    private static Task<JsonNode> IssuedAsync(Scene scene, int generation) => scene.StatusAsync(
        "export",
        status => status["observedGeneration"]!.GetValue<int>() == generation && ChangeTests.IsReady(status),
        $"generation {generation} is issued");

    private static bool IsSecretWrite(HttpRequest request) => request.Method == "PATCH" && request.Path.Value!.Contains("/secrets/", StringComparison.Ordinal);
}

public sealed class EmbeddedSecretTests(EmbeddedServer server) : SecretTests(server);

public sealed class EnvtestSecretTests(EnvtestServer server) : SecretTests(server);
