using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Sandbox.KubernetesApi;
using Sandbox.Tests.KubernetesApi.Support;
using static Sandbox.Tests.KubernetesApi.Support.TestApi;

namespace Sandbox.Tests.KubernetesApi;

public sealed class WatchTests
{
    [Fact]
    public async Task The_watches_of_a_kind_end_when_its_definition_goes()
    {
        await using var api = await StartAsync();
        var widget = await api.PostAsync(Widgets, Widget("w"));
        await using var watch = await api.WatchAsync(Widgets, $"resourceVersion={widget.Version}");
        (await api.DeleteAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.org")).Expect(200);

        (await watch.NextTextAsync()).ShouldStartWith("DELETED w@");
        (await watch.RestAsync()).ShouldBeEmpty();
        await api.UntilAsync(Widgets, 404);
    }

    [Fact]
    public async Task A_bookmark_tells_the_version_that_was_reached()
    {
        var clock = new FakeTimeProvider();
        await using var api = await StartAsync(options => options with { TimeProvider = clock, BookmarkInterval = TimeSpan.FromSeconds(10) });
        await using var watch = await api.WatchAsync(Secrets, "allowWatchBookmarks=true&resourceVersion=0");
        var widget = await api.PostAsync(Widgets, Widget("w"));
        clock.Advance(TimeSpan.FromSeconds(10));

        var bookmark = (await watch.NextAsync())!;
        bookmark["type"]!.ToString().ShouldBe("BOOKMARK");
        bookmark["object"]!["kind"]!.ToString().ShouldBe("Secret");
        // The server itself may have written since.
        long.Parse(bookmark["object"]!["metadata"]!["resourceVersion"]!.ToString(), CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(long.Parse(widget.Version, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_version_older_than_the_history_is_gone()
    {
        await using var api = await StartAsync(options => options with { WatchHistory = 2 });
        var first = await api.PostAsync(Secrets, Secret("a"));
        foreach (var name in (string[])["b", "c", "d"])
        {
            await api.PostAsync(Secrets, Secret(name));
        }

        await using var watch = await api.WatchAsync(Secrets, $"resourceVersion={first.Version}");
        watch.Code.ShouldBe(200);
        var error = (await watch.NextAsync())!;
        error["type"]!.ToString().ShouldBe("ERROR");
        error["object"]!["reason"]!.ToString().ShouldBe("Expired");
        error["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        error["object"]!["message"]!.ToString().ShouldStartWith($"too old resource version: {first.Version} (");
        (await watch.NextTextAsync()).ShouldBe("END");
    }

    [Fact]
    public async Task Expired_history_ends_running_watches_with_an_error_event()
    {
        await using var api = await StartAsync();
        var a = await api.PostAsync(Secrets, Secret("a"));
        await using var watch = await api.WatchAsync(Secrets, $"resourceVersion={a.Version}");
        api.Server.Faults.ExpireHistory();

        var error = (await watch.NextAsync())!;
        error["type"]!.ToString().ShouldBe("ERROR");
        error["object"]!["code"]!.GetValue<int>().ShouldBe(410);
        (await watch.NextTextAsync()).ShouldBe("END");
        await using var old = await api.WatchAsync(Secrets, $"resourceVersion={a.Version}");
        (await old.NextAsync())!["type"]!.ToString().ShouldBe("ERROR");
        await using var anew = await api.WatchAsync(Secrets, $"resourceVersion={(await api.GetAsync(Secrets)).Version}");
        anew.Code.ShouldBe(200);
    }

    [Fact]
    public async Task Streaming_lists_are_refused_so_that_reflectors_fall_back() => await WithApi(async api =>
        (await api.GetAsync($"{Secrets}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")).Expect(422).Reason.ShouldBe("Invalid"));

    [Fact]
    public async Task A_cut_watch_breaks_in_the_way_that_was_ordered()
    {
        await using var api = await StartAsync();
        await using var ended = await api.WatchAsync(Secrets, "resourceVersion=0");
        api.Server.Faults.CutWatches(WatchCut.CleanEnd);
        (await ended.NextTextAsync()).ShouldBe("END");

        await using var reset = await api.WatchAsync(Secrets, "resourceVersion=0");
        api.Server.Faults.CutWatches();
        await Should.ThrowAsync<IOException>(reset.RestAsync);

        await using var torn = await api.WatchAsync(Secrets, "resourceVersion=0");
        api.Server.Faults.CutWatches(WatchCut.MidLine);
        await Should.ThrowAsync<IOException>(torn.RestAsync);
    }

    [Fact]
    public async Task A_stalled_watch_delivers_what_it_held_back()
    {
        await using var api = await StartAsync();
        await using var watch = await api.WatchAsync(Secrets, "resourceVersion=0");
        api.Server.Faults.WatchesStalled = true;
        var a = await api.PostAsync(Secrets, Secret("a"));
        var next = watch.NextTextAsync();
        (await api.GetAsync(Secrets + "/a")).Expect(200);
        next.IsCompleted.ShouldBeFalse();
        api.Server.Faults.WatchesStalled = false;
        (await next).ShouldBe($"ADDED a@{a.Version}");
    }

    [Fact]
    public async Task A_restart_closes_watches_and_keeps_what_is_stored()
    {
        await using var api = await StartAsync();
        var a = await api.PostAsync(Secrets, Secret("a"));
        await using var watch = await api.WatchAsync(Secrets, $"resourceVersion={a.Version}");
        var address = api.Server.BaseAddress;
        await api.Server.RestartAsync(api.Cancellation);

        api.Server.BaseAddress.ShouldBe(address);
        (await watch.NextTextAsync()).ShouldBe("END");
        (await api.GetAsync(Secrets + "/a")).Text.ShouldBe(a.Text);
        await using var again = await api.WatchAsync(Secrets, $"resourceVersion={a.Version}");
        var b = await api.PostAsync(Secrets, Secret("b"));
        (await again.NextTextAsync()).ShouldBe($"ADDED b@{b.Version}");
    }

    private static async Task WithApi(Func<TestApi, Task> test)
    {
        await using var api = await StartAsync();
        await test(api);
    }
}
