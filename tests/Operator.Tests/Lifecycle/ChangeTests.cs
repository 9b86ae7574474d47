using System.Net;
using System.Text.Json.Nodes;
using Operator.Tests.Running;
using Sandbox.Aws.Faults;

namespace Operator.Tests.Lifecycle;

/// <summary>What people do to a session, and what comes of it.</summary>
public abstract class ChangeTests(IApiServer server)
{
    [Fact]
    public async Task A_changed_spec_is_issued_at_once()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.PatchAsync("export", """{"spec":{"prefix":"elsewhere/"}}""");
        await scene.StatusAsync("export", status => status["observedGeneration"]!.GetValue<int>() == 2 && IsReady(status), "the second generation is ready");

        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "elsewhere/a")).ShouldBe("OK");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("AccessDenied");
        scene.StsCalls.ShouldBe(2);
        before["accessKeyId"]!.GetValue<string>().ShouldNotBe((await scene.ReadyAsync("export"))["accessKeyId"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_spec_that_changes_while_a_status_is_written_is_not_told_as_done_before_it_is()
    {
        await using var scene = await Scene.SetAsync(server);
        var meanwhile = AfterFirstStatusWriteBegins(scene, () => scene.PatchAsync("export", """{"spec":{"prefix":"elsewhere/"}}"""));
        scene.StartOperator();
        await scene.CreateAsync("export");

        var told = await meanwhile.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        told["observedGeneration"]!.GetValue<int>().ShouldBe(-1, told.ToJsonString());
        await scene.StatusAsync("export", status => status["observedGeneration"]!.GetValue<int>() == 2 && IsReady(status), "the second generation is ready");
    }

    [Fact]
    public async Task A_session_made_again_while_a_status_is_written_is_not_told_what_was_true_of_its_predecessor()
    {
        await using var scene = await Scene.SetAsync(server);
        var meanwhile = AfterFirstStatusWriteBegins(scene, async () =>
        {
            await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");
            await scene.CreateAsync("export");
        });
        scene.StartOperator();
        var invalid = Scene.Spec();
        invalid["constraints"] = JsonNode.Parse(Scene.InvalidConstraints);
        await scene.CreateAsync("export", invalid);

        var told = await meanwhile.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        told["observedGeneration"]!.GetValue<int>().ShouldBe(-1, told.ToJsonString());
        await scene.ReadyAsync("export");
    }

    [Fact]
    public async Task A_session_that_is_deleted_while_a_status_is_written_is_no_failure()
    {
        await using var scene = await Scene.SetAsync(server);
        var deleted = false;
        scene.Proxy.Before = async request =>
        {
            if (!deleted && request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                deleted = true;
                await scene.Cluster.DeleteSessionAsync(scene.Namespace, "export");
            }

            return null;
        };
        scene.StartOperator("--workers", "1");
        await scene.CreateAsync("export");
        await Eventually.HoldsAsync(() => Task.FromResult(deleted), "a status is written");

        await scene.CreateAsync("later");
        await scene.ReadyAsync("later");

        scene.Output.ShouldNotContain("failed at");
    }

    /// <summary>Has something happen between the reconcile that writes the first status and its write.</summary>
    /// <returns>The status as the session's next issuance finds it.</returns>
    private static Task<JsonNode> AfterFirstStatusWriteBegins(Scene scene, Func<Task> happen)
    {
        var found = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        var happened = false;
        scene.Proxy.Before = async request =>
        {
            if (happened && request.Path.Value!.Contains("/secrets/", StringComparison.Ordinal))
                found.TrySetResult((await scene.Cluster.SessionAsync(scene.Namespace, "export"))!["status"]!);
            if (!happened && request.Path.Value!.EndsWith("/status", StringComparison.Ordinal))
            {
                happened = true;
                await happen();
            }

            return null;
        };
        return found.Task;
    }

    [Fact]
    public async Task A_change_of_the_schedule_alone_is_no_reason_to_issue()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.PatchAsync("export", """{"spec":{"renewBefore":"50m"}}""");
        var after = await scene.StatusAsync("export", status => status["observedGeneration"]!.GetValue<int>() == 2, "the second generation is seen");

        after["accessKeyId"]!.GetValue<string>().ShouldBe(before["accessKeyId"]!.GetValue<string>());
        after["renewAt"]!.GetValue<DateTimeOffset>().ShouldBeLessThan(before["renewAt"]!.GetValue<DateTimeOffset>());
        scene.StsCalls.ShouldBe(1);
    }

    [Fact]
    public async Task A_spec_that_cannot_be_issued_leaves_the_old_credentials_working_and_reads_Outdated()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var issued = await scene.ReadyAsync("export");
        using var denial = scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? Fault.AccessDenied : null);

        await scene.PatchAsync("export", """{"spec":{"prefix":"in/narrow/"}}""");
        var status = await scene.ReadyAsync("export", "Outdated");

        Scene.Condition(status, "Ready")!["status"]!.GetValue<string>().ShouldBe("False");
        Scene.Condition(status, "Reconciling")!["status"]!.GetValue<string>().ShouldBe("True");
        Scene.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain(issued["policy"]!["sha256"]!.GetValue<string>());
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
    }

    [Fact]
    public async Task An_invalid_spec_is_refused_with_the_field_and_without_an_STS_call_and_the_good_Secret_stays()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.PatchAsync("export", $$$"""{"spec":{"constraints":{{{Scene.InvalidConstraints}}}}}""");
        var status = await scene.ReadyAsync("export", "InvalidSpec");

        Scene.Condition(status, "Stalled")!["status"]!.GetValue<string>().ShouldBe("True");
        Scene.Condition(status, "Ready")!["message"]!.GetValue<string>().ShouldContain("spec.constraints.sourceIps");
        await Eventually.HoldsAsync(
            async () => (await scene.Cluster.EventsAsync(scene.Namespace)).Any(told => told["reason"]!.GetValue<string>() == "InvalidSpec" && told["type"]!.GetValue<string>() == "Warning"),
            "an Event tells of it");
        scene.StsCalls.ShouldBe(1);
        using var client = await scene.ClientAsync("export");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");

        await scene.PatchAsync("export", """{"spec":{"constraints":null}}""");
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>As API servers before Kubernetes 1.30 do where a rule is younger than the spec that breaks it.</summary>
    [Fact]
    public async Task A_status_that_the_API_server_refuses_is_told_by_an_Event_and_written_once_it_can_be()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.Proxy.Before = request => Task.FromResult<HttpStatusCode?>(IsStatus(request.Path.Value!) ? HttpStatusCode.UnprocessableEntity : null);
        scene.StartOperator();
        var invalid = Scene.Spec();
        invalid["constraints"] = JsonNode.Parse(Scene.InvalidConstraints);
        await scene.CreateAsync("export", invalid);

        // An apply and a replacement, and both once more.
        await Eventually.HoldsAsync(() => Task.FromResult(scene.Proxy.Requests.Count(request => IsStatus(request.Path)) >= 4), "the status is tried again");
        (await scene.Cluster.EventsAsync(scene.Namespace)).ShouldHaveSingleItem()["note"]!.GetValue<string>().ShouldContain("spec.constraints.sourceIps");
        scene.Output.ShouldContain("refuses the status of");

        scene.Proxy.Before = null;
        await scene.ReadyAsync("export", "InvalidSpec");
        await scene.CreateAsync("later");
        await scene.ReadyAsync("later");
        scene.Output.ShouldNotContain("Somebody else changes the status");

        static bool IsStatus(string path) => path.EndsWith("/status", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_denied_role_stalls_with_the_reason_and_heals_when_the_spec_changes()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        var spec = Scene.Spec();
        spec["roleArn"] = "arn:aws:iam::123456789012:role/unknown";
        await scene.CreateAsync("export", spec);

        var status = await scene.ReadyAsync("export", "AssumeRoleDenied");
        Scene.Condition(status, "Stalled")!["status"]!.GetValue<string>().ShouldBe("True");
        (await scene.SecretAsync("export")).ShouldBeNull();

        await scene.PatchAsync("export", $$"""{"spec":{ "roleArn":"{{Scene.RoleArn}}" } }""");
        await scene.StatusAsync("export", healed => IsReady(healed) && Scene.Condition(healed, "Stalled") is null, "ready and no longer stalled");
    }

    /// <summary>API servers before 1.22 lose track of whose a condition is, once somebody else has written the object too.</summary>
    [Fact]
    public async Task A_condition_whose_message_changed_under_a_users_patches_goes_when_it_is_over()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        var message = "first";
        var denial = scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? new Fault.Answer(403, "AccessDenied", message) : null);
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export", "AssumeRoleDenied");
        message = "second";
        await scene.PatchAsync("export", """{"metadata":{"annotations":{"uploadsession.io/renew-request":"1"}}}""");
        await scene.StatusAsync("export", status => Scene.Condition(status, "Stalled")!["message"]!.GetValue<string>().Contains("second", StringComparison.Ordinal), "the second message");

        denial.Dispose();
        await scene.PatchAsync("export", """{"metadata":{"annotations":{"uploadsession.io/renew-request":"2"}}}""");

        await scene.StatusAsync("export", healed => IsReady(healed) && Scene.Condition(healed, "Stalled") is null, "ready and no longer stalled");
        scene.Output.ShouldNotContain("status.conditions");
    }

    /// <summary>An apply alone leaves in place what belongs to another.</summary>
    [Fact]
    public async Task What_somebody_else_writes_into_the_status_does_not_stay()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var issued = await scene.ReadyAsync("export");

        await scene.Cluster.PatchStatusAsync(
            scene.Namespace,
            "export",
            """{"status":{"accessKeyId":"ASIATHEIRS","conditions":[{"type":"Stalled","status":"True","reason":"Theirs","message":"theirs","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""");

        await scene.StatusAsync(
            "export",
            status => IsReady(status) && status["conditions"]!.AsArray().Count == 1 && status["accessKeyId"]!.GetValue<string>() == issued["accessKeyId"]!.GetValue<string>(),
            "the status tells of the session again and of nothing else");
        scene.StsCalls.ShouldBe(1);
    }

    /// <summary>As a second operator does, which has other grants or flags.</summary>
    [Fact]
    public async Task Whoever_keeps_changing_the_status_does_not_drive_the_operator()
    {
        await using var scene = await Scene.SetAsync(server);
        var running = scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        await ContestAsync(scene, "theirs");
        var first = TimeProvider.System.GetTimestamp();

        await ContestAsync(scene, "theirs-again");

        TimeProvider.System.GetElapsedTime(first).ShouldBeGreaterThan(TimeSpan.FromSeconds(4));
        await Eventually.HoldsAsync(() => Task.FromResult(running.Output.Contains("Is there a second operator?")), "the operator tells of it");
        scene.StsCalls.ShouldBe(1);

        // Neither one change by somebody nor what the operator itself has to say anew is a contest.
        await scene.PatchAsync("export", """{"spec":{"suspend":true}}""");
        await Eventually.HoldsAsync(() => Task.FromResult(running.Output.Contains("Suspended")), "the operator tells that it is suspended");
        running.Output.ShouldNotContain("it had to be written again, time 1,");
        running.Output.Split("it had to be written again, time 2,").Length.ShouldBe(2, "it is told once");
    }

    /// <summary>The status repeats the count of rotations that it finds: that must not make each of theirs a new one.</summary>
    [Fact]
    public async Task Whoever_changes_the_status_in_ever_new_ways_does_not_drive_the_operator_either()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        scene.Proxy.Forget();
        var started = TimeProvider.System.GetTimestamp();

        for (var edit = 1; edit <= 200; edit++)
            await scene.Cluster.PatchStatusAsync(scene.Namespace, "export", $$$"""{"status":{"accessKeyId":"theirs-{{{edit}}}","rotations":{{{edit}}} } }""");

        // Theirs may come between each look and the write that is conditional on it: four attempts, of two requests at most.
        var tried = scene.Proxy.Requests.Count(request => request.Path.EndsWith("/status", StringComparison.Ordinal));
        tried.ShouldBeLessThanOrEqualTo(8 * (2 + Repairs.MostIn(TimeProvider.System.GetElapsedTime(started))));
        scene.StsCalls.ShouldBe(1);
    }

    private static async Task ContestAsync(Scene scene, string name)
    {
        await scene.Cluster.PatchStatusAsync(scene.Namespace, "export", $$"""{"status":{"secretName":"{{name}}"} }""");
        await scene.StatusAsync("export", status => status["secretName"]!.GetValue<string>() == "export", "the status is written again");
    }

    [Fact]
    public async Task Suspend_stops_renewals_and_says_so_and_resuming_renews()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(4));
        scene.StartOperator();
        var spec = Scene.Spec();
        await scene.CreateAsync("export", spec);
        await scene.ReadyAsync("export");

        await scene.PatchAsync("export", """{"spec":{"suspend":true}}""");
        await scene.StatusAsync("export", status => Reason(status) == "Suspended" && IsReady(status), "suspended while the credentials live");
        var calls = scene.StsCalls;
        await scene.StatusAsync("export", status => Reason(status) == "Suspended" && !IsReady(status), "suspended and expired");
        scene.StsCalls.ShouldBe(calls);

        await scene.PatchAsync("export", """{"spec":{"suspend":false}}""");
        await scene.ReadyAsync("export");
        scene.StsCalls.ShouldBeGreaterThan(calls);
    }

    [Fact]
    public async Task A_new_renew_request_renews_once()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        var before = await scene.ReadyAsync("export");

        await scene.PatchAsync("export", """{"metadata":{"annotations":{"uploadsession.io/renew-request":"now-1"}}}""");
        var after = await scene.StatusAsync("export", status => status["lastHandledRenewRequest"]?.GetValue<string>() == "now-1", "the request is handled");

        after["accessKeyId"]!.GetValue<string>().ShouldNotBe(before["accessKeyId"]!.GetValue<string>());
        scene.StsCalls.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_secretName_moves_the_credentials_and_removes_the_old_Secret()
    {
        await using var scene = await Scene.SetAsync(server);
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");

        await scene.PatchAsync("export", """{"spec":{"secretName":"moved"}}""");
        await scene.StatusAsync("export", status => status["secretName"]?.GetValue<string>() == "moved" && IsReady(status), "the Secret has moved");
        await Eventually.HoldsAsync(async () => await scene.SecretAsync("export") is null, "the old Secret is removed");

        using var client = await scene.ClientAsync("moved");
        (await Scene.PutAsync(client, "in/a")).ShouldBe("OK");
    }

    [Fact]
    public async Task Renewals_that_fail_keep_Ready_and_show_RenewalFailing()
    {
        await using var scene = await Scene.SetAsync(server, credentialLife: TimeSpan.FromSeconds(20));
        scene.StartOperator();
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        JsonNode? failing;
        using (scene.Aws.Faults.Intercept(call => call.Action == "AssumeRole" ? Fault.InternalFailure : null))
        {
            failing = Scene.Condition(await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is not null && IsReady(status), "renewal is seen failing"), "RenewalFailing");
        }

        failing!["reason"]!.GetValue<string>().ShouldBe("InternalFailure");
        await scene.StatusAsync("export", status => Scene.Condition(status, "RenewalFailing") is null && status["rotations"]?.GetValue<int>() >= 1, "renewed again");
    }

    internal static bool IsReady(JsonNode status) => Scene.Condition(status, "Ready")?["status"]?.GetValue<string>() == "True";

    internal static string? Reason(JsonNode status) => Scene.Condition(status, "Ready")?["reason"]?.GetValue<string>();
}

public sealed class EmbeddedChangeTests(EmbeddedServer server) : ChangeTests(server);

public sealed class EnvtestChangeTests(EnvtestServer server) : ChangeTests(server);
