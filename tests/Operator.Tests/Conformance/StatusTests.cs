using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The status subresource: two endpoints that leave each other's half alone.</summary>
public abstract class StatusTests(IApiServer server) : ConformanceTests(server)
{
    private string A => Api.Sessions + "/a";

    [Fact]
    public async Task A_new_object_has_the_default_status_whatever_was_sent()
    {
        var created = (await Api.PostAsync(Api.Sessions, Session("a", rest: ",\"status\":{\"secretName\":\"sent\"}"))).Expect(201);
        created["status"].ShouldBeJson("""{"observedGeneration":-1}""");
        created.Generation.ShouldBe(1);
    }

    [Fact]
    public async Task The_main_endpoint_ignores_status()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        var patched = (await Api.MergeAsync(A, """{"spec":{"prefix":"in/"},"status":{"secretName":"sent"}}""")).Expect(200);
        patched["status"].ShouldBeJson("""{"observedGeneration":-1}""");
        patched["spec"]!["prefix"]!.ToString().ShouldBe("in/");
    }

    [Fact]
    public async Task The_status_endpoint_ignores_the_rest()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        var patched = (await Api.MergeAsync(A + "/status", """{"metadata":{"labels":{"x":"1"},"annotations":{"x":"1"}},"spec":{"prefix":"in/"},"status":{"secretName":"a"}}""")).Expect(200);
        patched["status"]!["secretName"]!.ToString().ShouldBe("a");
        patched["spec"]!["prefix"].ShouldBeNull();
        patched.Metadata["labels"].ShouldBeNull();
        patched.Metadata["annotations"].ShouldBeNull();
        (await Api.GetAsync(A + "/status")).Expect(200).Version.ShouldBe(patched.Version);
    }

    [Fact]
    public async Task The_generation_counts_changes_of_the_spec_only()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.MergeAsync(A, """{"metadata":{"labels":{"x":"1"}}}""")).Generation.ShouldBe(1);
        (await Api.MergeAsync(A + "/status", """{"status":{"secretName":"a"}}""")).Generation.ShouldBe(1);
        (await Api.MergeAsync(A, """{"spec":{"prefix":"in/"}}""")).Generation.ShouldBe(2);
        (await Api.MergeAsync(A, """{"spec":{"prefix":"in/"}}""")).Generation.ShouldBe(2);
    }

    [Fact]
    public async Task A_status_is_replaced_whole()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        var next = (await Api.GetAsync(A)).Body;
        next["spec"]!["prefix"] = "in/";
        next["status"] = new System.Text.Json.Nodes.JsonObject { ["secretName"] = "a" };
        var put = (await Api.SendAsync(HttpMethod.Put, A + "/status", next.ToJsonString())).Expect(200);
        put["status"].ShouldBeJson("""{"secretName":"a"}""");
        put["spec"]!["prefix"].ShouldBeNull();
    }

    [Fact]
    public async Task A_status_is_applied_to_the_version_that_was_read()
    {
        var created = await Api.PostAsync(Api.Sessions, Session("a"));
        var first = (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a"}""", $",\"resourceVersion\":\"{created.Version}\""), force: true)).Expect(200);
        first["status"].ShouldBeJson("""{"observedGeneration":-1,"secretName":"a"}""");

        (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"b"}""", $",\"resourceVersion\":\"{created.Version}\""), force: true)).Expect(409, "Conflict");
        (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a"}"""), force: true)).Expect(200).Version.ShouldBe(first.Version);
    }

    /// <summary>So it is the version that has to keep a status from a successor of the same name.</summary>
    [Fact]
    public async Task A_status_is_applied_whatever_uid_is_stated()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a"}""", ",\"uid\":\"7e5c9b52-0000-4000-8000-000000000000\""), force: true)).Expect(200);
    }

    [Fact]
    public async Task Omitted_fields_of_an_applied_status_go()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a","accessKeyId":"AKIA"}"""), force: true);
        (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a"}"""), force: true)).Expect(200)["status"].ShouldBeJson("""{"observedGeneration":-1,"secretName":"a"}""");
    }

    [Fact]
    public async Task A_status_of_nothing_cannot_be_written()
    {
        (await Api.ApplyAsync(A + "/status", "operator", SessionStatus("a", """{"secretName":"a"}"""), force: true)).Expect(404, "NotFound");
        (await Api.GetAsync(A)).Expect(404);
    }

    [Fact]
    public async Task A_status_keeps_to_the_schema()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.MergeAsync(A + "/status", """{"status":{"rotations":"many"}}""")).Expect(422, "Invalid").CauseFields.ShouldHaveSingleItem().ShouldBeOneOf(["status.rotations", "rotations"]);
    }
}

public sealed class EmbeddedStatusTests(EmbeddedServer server) : StatusTests(server);

public sealed class EnvtestStatusTests(EnvtestServer server) : StatusTests(server);
