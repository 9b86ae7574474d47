using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>Server-side apply: how the operator writes everything it writes.</summary>
public abstract class ApplyTests(IApiServer server) : ConformanceTests(server)
{
    private string A => Api.Secrets + "/a";

    [Fact]
    public async Task An_apply_creates_and_an_equal_one_changes_nothing()
    {
        var created = (await Api.ApplyAsync(A, "one", Secret("a"))).Expect(201);
        created.Owners.Keys.ShouldBe(["one/Apply"]);
        created.Owners["one/Apply"].ShouldBeJson("""{"f:data":{"f:a":{}}}""");

        (await Api.ApplyAsync(A, "one", Secret("a"))).Expect(200).Version.ShouldBe(created.Version);
    }

    /// <summary>Applies are YAML, even where they look like JSON.</summary>
    [Fact]
    public async Task A_character_beyond_the_basic_plane_is_accepted_as_it_is_and_not_as_two_escapes()
    {
        const string Emoji = "\U0001f600";
        (await Api.ApplyAsync(Api.ConfigMaps + "/a", "one", ConfigMap("a", Text(Emoji)))).Expect(201)["data"]!["a"]!.ToString().ShouldBe(Emoji);
        (await Api.ApplyAsync(Api.ConfigMaps + "/b", "one", ConfigMap("b", Text("\\ud83d\\ude00")))).Expect(400, "BadRequest");
        (await Api.ApplyAsync(Api.ConfigMaps + "/c", "one", ConfigMap("c", Text("\\uffff\\u0000\\\\ud83d")))).Expect(201)["data"]!["a"]!.ToString().ShouldBe("\uffff\0\\ud83d");

        static string Text(string escaped) => $"\"a\":\"{escaped}\"";
    }

    [Fact]
    public async Task A_field_of_another_is_a_conflict_that_names_it_and_them()
    {
        await Api.ApplyAsync(A, "one", Secret("a"));

        var refused = (await Api.ApplyAsync(A, "two", Secret("a", data: "\"a\":\"Yg==\",\"b\":\"Yg==\""))).Expect(409, "Conflict");

        refused.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"one\": .data.a");
        refused.Causes.ShouldBe(["FieldManagerConflict .data.a"]);
        refused["details"]!["causes"]![0]!["message"]!.ToString().ShouldBe("conflict with \"one\"");
        (await Api.GetAsync(A)).Expect(200)["data"].ShouldBeJson("""{"a":"YQ=="}""");
    }

    [Fact]
    public async Task Conflicts_with_several_managers_are_all_told()
    {
        await Api.ApplyAsync(A, "one", Secret("a"));
        await Api.ApplyAsync(A, "two", Secret("a", data: "\"a\":\"YQ==\",\"b\":\"YQ==\""));

        var refused = (await Api.ApplyAsync(A, "three", Secret("a", data: "\"a\":\"Yg==\",\"b\":\"Yg==\""))).Expect(409, "Conflict");

        refused.Message.ShouldBe("Apply failed with 3 conflicts: conflicts with \"one\":\n- .data.a\nconflicts with \"two\":\n- .data.a\n- .data.b");
        refused.Causes.ShouldBe(["FieldManagerConflict .data.a", "FieldManagerConflict .data.a", "FieldManagerConflict .data.b"]);
    }

    [Fact]
    public async Task A_field_that_was_only_updated_is_a_conflict_too()
    {
        await Api.PostAsync(Api.Secrets + "?fieldManager=editor", Secret("a"));
        var refused = (await Api.ApplyAsync(A, "one", Secret("a", data: "\"a\":\"Yg==\""))).Expect(409, "Conflict");
        // Newer servers add the time of the update.
        refused.Message.ShouldStartWith("Apply failed with 1 conflict: conflict with \"editor\" using v1");
        refused.Causes.ShouldBe(["FieldManagerConflict .data.a"]);
    }

    [Fact]
    public async Task Force_takes_fields_over()
    {
        await Api.ApplyAsync(A, "one", Secret("a", data: "\"a\":\"YQ==\",\"b\":\"YQ==\""));
        var forced = (await Api.ApplyAsync(A, "two", Secret("a", data: "\"a\":\"Yg==\""), force: true)).Expect(200);
        forced["data"].ShouldBeJson("""{"a":"Yg==","b":"YQ=="}""");
        forced.Owners["one/Apply"].ShouldBeJson("""{"f:data":{"f:b":{}}}""");
        forced.Owners["two/Apply"].ShouldBeJson("""{"f:data":{"f:a":{}}}""");
    }

    [Fact]
    public async Task Equal_values_are_shared_and_a_shared_field_outlives_one_owner()
    {
        await Api.ApplyAsync(A, "one", Secret("a"));
        var shared = (await Api.ApplyAsync(A, "two", Secret("a"))).Expect(200);
        shared.Owners.Keys.Order().ShouldBe(["one/Apply", "two/Apply"]);

        (await Api.ApplyAsync(A, "one", Of("v1", "Secret", "a"))).Expect(200)["data"].ShouldBeJson("""{"a":"YQ=="}""");
        (await Api.ApplyAsync(A, "two", Of("v1", "Secret", "a"))).Expect(200)["data"]?["a"].ShouldBeNull();
    }

    [Fact]
    public async Task Omitted_fields_of_ours_go_and_those_of_others_stay()
    {
        await Api.ApplyAsync(A, "one", Secret("a", ",\"labels\":{\"x\":\"1\",\"y\":\"1\"}", "\"a\":\"YQ==\",\"b\":\"YQ==\""));
        await Api.MergeAsync(A + "?fieldManager=editor", """{"data":{"c":"YQ=="}}""");

        var applied = (await Api.ApplyAsync(A, "one", Secret("a", ",\"labels\":{\"x\":\"1\"}"))).Expect(200);

        applied["data"].ShouldBeJson("""{"a":"YQ==","c":"YQ=="}""");
        applied.Metadata["labels"].ShouldBeJson("""{"x":"1"}""");
        applied.Owners.Keys.Order().ShouldBe(["editor/Update", "one/Apply"]);
    }

    [Fact]
    public async Task What_was_posted_is_never_removed_by_the_same_managers_apply()
    {
        await Api.PostAsync(Api.Secrets + "?fieldManager=one", Secret("a", data: "\"a\":\"YQ==\",\"b\":\"YQ==\""));
        var applied = (await Api.ApplyAsync(A, "one", Secret("a"), force: true)).Expect(200);
        applied["data"].ShouldBeJson("""{"a":"YQ==","b":"YQ=="}""");
        applied.Owners.Keys.Order().ShouldBe(["one/Apply", "one/Update"]);
    }

    [Fact]
    public async Task An_update_takes_a_field_away_from_its_applier()
    {
        await Api.ApplyAsync(A, "one", Secret("a"));
        var patched = (await Api.MergeAsync(A + "?fieldManager=editor", """{"data":{"a":"Yg=="}}""")).Expect(200);
        patched.Owners["editor/Update"].ShouldBeJson("""{"f:data":{"f:a":{}}}""");
        patched.Owners.Keys.ShouldNotContain("one/Apply");
    }

    /// <summary>How the operator creates a Secret without ever merging into one that appeared meanwhile.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("5")]
    public async Task An_apply_with_a_version_creates_what_is_absent_and_never_merges(string version)
    {
        var stated = $",\"resourceVersion\":\"{version}\"";
        (await Api.ApplyAsync(A, "one", Secret("a", stated))).Expect(201);
        (await Api.ApplyAsync(A, "one", Secret("a", stated), force: true)).Expect(409, "Conflict");
        (await Api.PostAsync(Api.Secrets, Secret("b"))).Expect(201);
        (await Api.ApplyAsync(Api.Secrets + "/b", "one", Secret("b", stated, "\"z\":\"YQ==\""), force: true)).Expect(409, "Conflict");
        (await Api.GetAsync(Api.Secrets + "/b"))["data"].ShouldBeJson("""{"a":"YQ=="}""");
    }

    [Fact]
    public async Task An_apply_to_another_version_or_uid_is_refused()
    {
        var created = await Api.ApplyAsync(A, "one", Secret("a"));
        await Api.MergeAsync(A, """{"metadata":{"labels":{"x":"1"}}}""");

        (await Api.ApplyAsync(A, "one", Secret("a", $",\"resourceVersion\":\"{created.Version}\"", "\"a\":\"Yg==\""))).Expect(409, "Conflict").Message
            .ShouldBe("Operation cannot be fulfilled on secrets \"a\": the object has been modified; please apply your changes to the latest version and try again");
        (await Api.ApplyAsync(A, "one", Secret("a", ",\"uid\":\"7e5c9b52-0000-4000-8000-000000000000\""), force: true)).Status.ShouldBeOneOf(409, 422);
        (await Api.ApplyAsync(Api.Secrets + "/absent", "one", Secret("absent", $",\"uid\":\"{created.Uid}\""), force: true)).Expect(409, "Conflict");
        (await Api.ApplyAsync(A, "one", Secret("a", $",\"uid\":\"{created.Uid}\""))).Expect(200);
    }

    [Fact]
    public async Task An_apply_needs_a_manager_and_the_urls_type()
    {
        (await Api.PatchAsync(A, ApplyPatch, Secret("a"))).Expect(422, "Invalid").Causes.ShouldBe(["FieldValueRequired fieldManager"]);
        (await Api.ApplyAsync(A, "one", Secret("a", ",\"managedFields\":[{\"manager\":\"x\"}]"))).Expect(400, "BadRequest").Message.ShouldBe("metadata.managedFields must be nil");
        (await Api.ApplyAsync(A, "one", Of("v2", "Secret", "a"))).Expect(400, "BadRequest");
        (await Api.ApplyAsync(A, "one", "{\"x")).Expect(400, "BadRequest");
    }

    [Theory]
    [InlineData(",\"nope\":1", ".nope: field not declared in schema")]
    [InlineData(",\"data\":\"x\"", ".data: expected map, got ")]
    public async Task What_is_applied_is_typed(string rest, string fault) => (await Api.ApplyAsync(A, "one", Of("v1", "Secret", "a", rest: rest))).Expect(500).Message.ShouldContain(fault);

    [Theory]
    [InlineData("\"nope\":7", ".spec.nope: field not declared in schema")]
    [InlineData("\"bucket\":7", ".spec.bucket: expected string, got ")]
    [InlineData("\"suspend\":\"yes\"", ".spec.suspend: expected boolean, got ")]
    [InlineData("\"access\":\"Put\"", ".spec.access: expected list, got ")]
    [InlineData("\"constraints\":7", ".spec.constraints: expected map, got ")]
    public async Task What_is_applied_to_a_custom_resource_is_typed(string field, string fault)
    {
        var spec = $$"""{"roleArn":"arn:aws:iam::123456789012:role/uploads",{{field}}}""";
        (await Api.ApplyAsync(Api.Sessions + "/a", "one", Session("a", spec: spec))).Expect(500).Message.ShouldContain(fault);
    }

    [Fact]
    public async Task A_dry_apply_answers_and_stores_nothing()
    {
        (await Api.PatchAsync(A + "?fieldManager=one&dryRun=All", ApplyPatch, Secret("a"))).Expect(201);
        (await Api.GetAsync(A)).Expect(404);
    }

    [Fact]
    public async Task The_answer_may_be_metadata_only()
    {
        var created = (await Api.ApplyAsync(A, "one", Secret("a"), accept: AsMetadata)).Expect(201);
        created.Kind.ShouldBe("meta.k8s.io/v1/PartialObjectMetadata");
        created.Owners.Keys.ShouldBe(["one/Apply"]);
        created["data"].ShouldBeNull();
        (await Api.ApplyAsync(A, "one", Secret("a"), accept: AsMetadata)).Expect(200).Version.ShouldBe(created.Version);
        (await Api.MergeAsync(A, """{"data":{"b":"YQ=="}}""", AsMetadata)).Expect(200)["data"].ShouldBeNull();
    }

    [Fact]
    public async Task An_applied_list_of_keyed_items_is_owned_item_by_item()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        const string ready = """{"type":"Ready","status":"True","reason":"Issued","message":"m","lastTransitionTime":"2026-01-01T00:00:00Z"}""";
        const string stalled = """{"type":"Stalled","status":"True","reason":"Ended","message":"m","lastTransitionTime":"2026-01-01T00:00:00Z"}""";
        var status = Api.Sessions + "/a/status";

        await Api.ApplyAsync(status, "one", SessionStatus("a", $$"""{"conditions":[{{ready}}]}"""));
        var both = (await Api.ApplyAsync(status, "two", SessionStatus("a", $$"""{"conditions":[{{stalled}}]}"""))).Expect(200);

        both["status"]!["conditions"]!.AsArray().Select(condition => condition!["type"]!.ToString()).ShouldBe(["Ready", "Stalled"]);
        both.Owners["two/Apply"]["f:status"]!["f:conditions"]!.AsObject().Select(pair => pair.Key).ShouldBe(["""k:{"type":"Stalled"}"""]);
        var less = (await Api.ApplyAsync(status, "one", SessionStatus("a", """{"secretName":"a"}"""))).Expect(200);
        less["status"]!["conditions"]!.AsArray().Select(condition => condition!["type"]!.ToString()).ShouldBe(["Stalled"]);
    }
}

public sealed class EmbeddedApplyTests(EmbeddedServer server) : ApplyTests(server);

public sealed class EnvtestApplyTests(EnvtestServer server) : ApplyTests(server);
