using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Watching;

public sealed class ReflectorWatchTests
{
    [Fact]
    public async Task A_watch_asks_for_bookmarks_and_for_a_random_end_within_5_to_10_minutes()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        await fixture.AnswerListAsync(10);
        var limits = new HashSet<string>();
        for (var version = 11; version < 16; version++)
        {
            var watch = await fixture.Server.NextAsync();
            (watch["allowWatchBookmarks"], watch["labelSelector"]).ShouldBe(("true", "example.io/managed=true"));
            int.Parse(watch["timeoutSeconds"], null).ShouldBeInRange(300, 600);
            limits.Add(watch["timeoutSeconds"]);
            await watch.SendAsync(Wire.Bookmark(version));
            watch.End();
        }

        limits.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Events_change_the_store_and_are_passed_on_in_order()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("a", 1));
        await using var _ = fixture;
        await watch.SendAsync(Wire.Event("ADDED", Wire.Thing("b", 11)) + Wire.Event("MODIFIED", Wire.Thing("a", 12, "\"size\":2")));
        await watch.SendAsync(Wire.Event("DELETED", Wire.Thing("b", 13)));
        await Eventually.Async(() => fixture.Changes.Count == 4, "four changes");
        fixture.Changes.Select(change => $"{change.Key.Name}:{change.Old?.Metadata.ResourceVersion}->{change.New?.Metadata.ResourceVersion}")
            .ShouldBe(["a:->1", "b:->11", "a:1->12", "b:11->"]);
        fixture.Get("a")!.Spec.Size.ShouldBe(2);
        fixture.Get("b").ShouldBeNull();
        watch.End();
        await fixture.NextWatchAsync(13);
    }

    [Fact]
    public async Task A_bookmark_alone_advances_the_version_and_is_health()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Bookmark(77));
        watch.End();
        await fixture.NextWatchAsync(77);
        fixture.Log.Problems.ShouldBeEmpty();
        fixture.Clock.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_object_that_does_not_parse_is_skipped_and_the_version_moves_on()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("a", 1));
        await using var _ = fixture;
        await watch.SendAsync(Wire.Event("MODIFIED", Wire.Thing("a", 11, "\"size\":\"hunter2\"")));
        watch.End();
        await fixture.NextWatchAsync(11);
        fixture.Get("a")!.Metadata.ResourceVersion.ShouldBe("1");
        fixture.Log.Problems.Single().ShouldContain("team/a");
        fixture.Log.Problems.Single().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_deleted_object_that_does_not_parse_is_removed_all_the_same()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("a", 1));
        await using var _ = fixture;
        await watch.SendAsync(Wire.Event("DELETED", Wire.Thing("a", 11, "\"size\":\"?\"")));
        await Eventually.Async(() => fixture.Get("a") is null, "the removal");
    }

    [Fact]
    public async Task A_type_of_event_from_the_future_only_moves_the_version()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("a", 1));
        await using var _ = fixture;
        await watch.SendAsync(Wire.Event("RENAMED", Wire.Thing("b", 11)));
        watch.End();
        await fixture.NextWatchAsync(11);
        fixture.Store.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_that_tells_no_version_leaves_the_place_as_it_was()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Bookmark(11) + Wire.Event("BOOKMARK", "{}"));
        watch.End();
        await fixture.NextWatchAsync(11);
    }

    [Fact]
    public async Task A_watch_that_ends_in_order_after_a_while_is_followed_by_the_next_at_once()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await Eventually.Async(() => fixture.Store.IsCurrent, "the open watch");
        await fixture.OpenedAsync(1);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        watch.End();
        await fixture.NextWatchAsync(10);
        fixture.Log.Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_that_ends_each_watch_after_an_event_is_not_asked_as_fast_as_it_answers(bool isGone)
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        for (var version = 11; version < 20; version++)
        {
            if (version > 11 && isGone) await fixture.AnswerListAsync(version - 1);
            if (version > 11) watch = await fixture.NextWatchAsync(version - 1);
            await watch.SendAsync(Wire.Bookmark(version) + (isGone ? Wire.Event("ERROR", """{"kind":"Status","code":410,"reason":"Expired","message":"too old"}""") : ""));
            watch.End();
        }

        (await fixture.Clock.RestAsync())[0].ShouldBe(TimeSpan.FromSeconds(1));
        fixture.Server.HasRequest.ShouldBeFalse();
        await fixture.Clock.PassPauseAsync();
        if (isGone) await fixture.AnswerListAsync(30);
        await fixture.Server.NextAsync();
    }

    [Fact]
    public async Task A_subscriber_that_throws_ends_the_reflector_loudly()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        fixture.Store.Subscribe(_ => throw new InvalidOperationException("a defect"));
        await watch.SendAsync(Wire.Event("ADDED", Wire.Thing("a", 11)));
        (await Should.ThrowAsync<InvalidOperationException>(fixture.Running.InTime())).Message.ShouldBe("a defect");
    }

    [Fact]
    public async Task A_stop_ends_the_watch()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await fixture.DisposeAsync();
        fixture.Running.IsCanceled.ShouldBeTrue();
        watch.IsAborted.ShouldBeTrue();
    }
}
