using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>The patches of users and kubectl: merge, JSON, strategic merge.</summary>
public abstract class PatchTests(IApiServer server) : ConformanceTests(server)
{
    private string A => Api.Secrets + "/a";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Api.PostAsync(Api.Secrets, Secret("a", data: "\"a\":\"YQ==\",\"b\":\"YQ==\""));
    }

    [Fact]
    public async Task A_merge_patch_sets_and_removes() =>
        (await Api.MergeAsync(A, """{"data":{"a":null,"c":"YQ=="}}""")).Expect(200)["data"].ShouldBeJson("""{"b":"YQ==","c":"YQ=="}""");

    [Fact]
    public async Task A_json_patch_tests_and_changes() =>
        (await Api.PatchAsync(A, JsonPatch, """[{"op":"test","path":"/data/a","value":"YQ=="},{"op":"remove","path":"/data/b"},{"op":"add","path":"/data/c","value":"YQ=="}]""")).Expect(200)
            ["data"].ShouldBeJson("""{"a":"YQ==","c":"YQ=="}""");

    [Theory]
    [InlineData("""[{"op":"test","path":"/data/a","value":"x"}]""")]
    [InlineData("""[{"op":"remove","path":"/data/nope"}]""")]
    [InlineData("""[{"op":"replace","path":"/nope/nope","value":"x"}]""")]
    public async Task A_json_patch_that_does_not_fit_is_refused_whole(string patch)
    {
        var before = await Api.GetAsync(A);
        (await Api.PatchAsync(A, JsonPatch, patch)).Expect(422, "Invalid").Message.ShouldBe("the server rejected our request due to an error in our request");
        (await Api.GetAsync(A)).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task A_json_patch_is_a_list() => (await Api.PatchAsync(A, JsonPatch, "{}")).Expect(400, "BadRequest");

    [Fact]
    public async Task A_strategic_patch_merges_maps_and_finalizers()
    {
        await Api.PatchAsync(A, StrategicPatch, """{"metadata":{"finalizers":["example.org/a"]},"data":{"b":null}}""");
        var patched = (await Api.PatchAsync(A, StrategicPatch, """{"metadata":{"finalizers":["example.org/b"]},"data":{"$patch":"replace","c":"YQ=="}}""")).Expect(200);
        patched["data"].ShouldBeJson("""{"c":"YQ=="}""");
        patched.Metadata["finalizers"]!.AsArray().Select(name => name!.ToString()).Order().ShouldBe(["example.org/a", "example.org/b"]);
    }

    [Fact]
    public async Task A_custom_resource_knows_no_strategic_patch()
    {
        await Api.PostAsync(Api.Sessions, Session("a"));
        (await Api.PatchAsync(Api.Sessions + "/a", StrategicPatch, "{}")).Expect(415, "UnsupportedMediaType");
        (await Api.PatchAsync(Api.Sessions + "/a", JsonPatch, """[{"op":"add","path":"/spec/prefix","value":"in/"}]""")).Expect(200)["spec"]!["prefix"]!.ToString().ShouldBe("in/");
        (await Api.MergeAsync(Api.Sessions + "/a", """{"spec":{"prefix":null}}""")).Expect(200)["spec"]!["prefix"].ShouldBeNull();
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData(Json)]
    public async Task A_patch_names_its_kind(string type) => (await Api.PatchAsync(A, type, "{}")).Expect(415, "UnsupportedMediaType");

    [Fact]
    public async Task A_patch_changes_neither_name_nor_namespace()
    {
        (await Api.MergeAsync(A, """{"metadata":{"name":"x"}}""")).Expect(400, "BadRequest").Message
            .ShouldBe("the name of the object (x) does not match the name on the URL (a)");
        (await Api.MergeAsync(A, """{"metadata":{"namespace":"default"}}""")).Expect(400, "BadRequest");
    }

    [Fact]
    public async Task A_patch_of_nothing_finds_nothing()
    {
        (await Api.MergeAsync(Api.Secrets + "/absent", """{"data":{"a":"YQ=="}}""")).Expect(404, "NotFound");
        (await Api.MergeAsync(Api.Sessions + "/absent", """{"spec":{"prefix":"in/"}}""")).Expect(404, "NotFound");
    }
}

public sealed class EmbeddedPatchTests(EmbeddedServer server) : PatchTests(server);

public sealed class EnvtestPatchTests(EnvtestServer server) : PatchTests(server);
