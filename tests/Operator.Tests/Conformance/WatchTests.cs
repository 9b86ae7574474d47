using static Operator.Tests.Conformance.ApiClient;
using static Operator.Tests.Conformance.Manifest;

namespace Operator.Tests.Conformance;

/// <summary>
/// Watches. A real server sends its first bookmark after a minute, too late for a test: that one is allowed to come is
/// tested here, its form where the clock can be turned.
/// </summary>
public abstract class WatchTests(IApiServer server) : ConformanceTests(server)
{
    private const string One = ",\"labels\":{\"x\":\"1\"}";

    [Fact]
    public async Task A_watch_goes_on_from_a_version_without_a_gap()
    {
        foreach (var (all, make) in new (string, Func<string, string>)[] { (Api.Secrets, name => Secret(name)), (Api.Sessions, name => Session(name)) })
        {
            var a = await Api.PostAsync(all, make("a"));
            var labelled = await Api.MergeAsync(all + "/a", """{"metadata":{"labels":{"x":"1"}}}""");
            using var watch = await Api.WatchAsync(all, $"allowWatchBookmarks=true&resourceVersion={a.Version}");
            var b = await Api.PostAsync(all, make("b"));
            await Api.DeleteAsync(all + "/a");

            watch.Status.ShouldBe(200);
            (await watch.NextAsync(2)).ShouldBe([$"MODIFIED a@{labelled.Version}", $"ADDED b@{b.Version}"]);
            (await watch.NextAsync())!["type"]!.ToString().ShouldBe("DELETED");
        }
    }

    [Fact]
    public async Task A_deleted_object_is_shown_as_it_last_was_at_the_version_of_its_end()
    {
        var a = await Api.PostAsync(Api.Secrets, Secret("a"));
        using var watch = await Api.WatchAsync(Api.Secrets, $"resourceVersion={a.Version}");
        await Api.DeleteAsync(Api.Secrets + "/a");
        var deleted = (await watch.NextAsync())!["object"]!;
        deleted["data"].ShouldBeJson("""{"a":"YQ=="}""");
        long.Parse(deleted["metadata"]!["resourceVersion"]!.ToString()).ShouldBeGreaterThan(long.Parse(a.Version));
    }

    [Theory]
    [InlineData("")]
    [InlineData("resourceVersion=0")]
    public async Task A_watch_without_a_version_begins_with_what_is_there(string query)
    {
        var a = await Api.PostAsync(Api.Secrets, Secret("a"));
        await Api.PostAsync(Api.Secrets, Secret("b"));
        using var watch = await Api.WatchAsync(Api.Secrets, query);
        (await watch.NextAsync(2)).Order().First().ShouldBe($"ADDED a@{a.Version}");
    }

    [Fact]
    public async Task What_begins_to_match_is_added_and_what_ceases_to_is_deleted_as_it_last_matched()
    {
        var start = await Api.GetAsync(Api.Secrets);
        using var watch = await Api.WatchAsync(Api.Secrets, $"labelSelector=x%3D1&resourceVersion={start.Version}");
        await Api.PostAsync(Api.Secrets, Secret("a"));
        var labelled = await Api.MergeAsync(Api.Secrets + "/a", """{"metadata":{"labels":{"x":"1"}}}""");
        var touched = await Api.MergeAsync(Api.Secrets + "/a", """{"data":{"c":"YQ=="}}""");
        var other = await Api.MergeAsync(Api.Secrets + "/a", """{"metadata":{"labels":{"x":"2"}}}""");
        await Api.DeleteAsync(Api.Secrets + "/a");
        var b = await Api.PostAsync(Api.Secrets, Secret("b", One));

        (await watch.NextAsync(2)).ShouldBe([$"ADDED a@{labelled.Version}", $"MODIFIED a@{touched.Version}"]);
        var gone = (await watch.NextAsync())!;
        gone["type"]!.ToString().ShouldBe("DELETED");
        gone["object"]!["metadata"]!["labels"].ShouldBeJson("""{"x":"1"}""");
        gone["object"]!["metadata"]!["resourceVersion"]!.ToString().ShouldBe(other.Version);
        (await watch.NextAsync(1)).ShouldBe([$"ADDED b@{b.Version}"]);
    }

    [Fact]
    public async Task A_watch_of_one_name_hears_of_no_other()
    {
        var start = await Api.GetAsync(Api.Secrets);
        using var watch = await Api.WatchAsync(Api.Secrets, $"fieldSelector=metadata.name%3Db&resourceVersion={start.Version}");
        await Api.PostAsync(Api.Secrets, Secret("a"));
        var b = await Api.PostAsync(Api.Secrets, Secret("b"));
        (await watch.NextAsync(1)).ShouldBe([$"ADDED b@{b.Version}"]);
    }

    [Fact]
    public async Task A_watch_ends_cleanly_at_its_timeout()
    {
        using var watch = await Api.WatchAsync(Api.Secrets, "timeoutSeconds=1&resourceVersion=0");
        (await watch.NextAsync()).ShouldBeNull();
    }

    /// <summary>The definition came after version 1, so no server remembers that.</summary>
    [Fact]
    public async Task A_version_before_the_history_is_gone()
    {
        using var watch = await Api.WatchAsync(Api.Sessions, "resourceVersion=1");
        watch.Status.ShouldBe(200);
        var error = (await watch.NextAsync())!;
        error["type"]!.ToString().ShouldBe("ERROR");
        error["object"]!["kind"]!.ToString().ShouldBe("Status");
        error["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        error["object"]!["reason"]!.ToString().ShouldBe("Expired");
        error["object"]!["message"]!.ToString().ShouldMatch(@"^too old resource version: 1 \(\d+\)$");
        (await watch.NextAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task A_watch_may_be_of_metadata_only()
    {
        using var watch = await Api.WatchAsync(Api.Secrets, "resourceVersion=0", AsMetadata);
        await Api.PostAsync(Api.Secrets, Secret("a", One));
        var seen = (await watch.NextAsync())!["object"]!;
        seen["kind"]!.ToString().ShouldBe("PartialObjectMetadata");
        seen["apiVersion"]!.ToString().ShouldBe("meta.k8s.io/v1");
        seen["metadata"]!["labels"].ShouldBeJson("""{"x":"1"}""");
        seen["data"].ShouldBeNull();
    }

    [Fact]
    public async Task A_watch_may_be_of_rows_the_first_of_which_has_the_headings()
    {
        var start = await Api.GetAsync(Api.Sessions);
        using var watch = await Api.WatchAsync(Api.Sessions, $"resourceVersion={start.Version}", AsTable);
        await Api.PostAsync(Api.Sessions, Session("a"));
        await Api.PostAsync(Api.Sessions, Session("b"));
        var first = (await watch.NextAsync())!;
        first["type"]!.ToString().ShouldBe("ADDED");
        first["object"]!["kind"]!.ToString().ShouldBe("Table");
        first["object"]!["columnDefinitions"]![0]!["name"]!.ToString().ShouldBe("Name");
        first["object"]!["rows"]![0]!["cells"]![0]!.ToString().ShouldBe("a");
        (await watch.NextAsync())!["object"]!["columnDefinitions"].ShouldBeNull();
    }
}

public sealed class EmbeddedWatchTests(EmbeddedServer server) : WatchTests(server);

public sealed class EnvtestWatchTests(EnvtestServer server) : WatchTests(server);
