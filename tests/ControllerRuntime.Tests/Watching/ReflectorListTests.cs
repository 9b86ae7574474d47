using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Watching;

public sealed class ReflectorListTests
{
    [Fact]
    public async Task A_list_is_read_page_by_page_and_the_store_has_synced_after_the_last()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        var first = await fixture.Server.NextAsync();
        first.Path.ShouldBe("/apis/example.io/v1/things");
        (first["limit"], first["continue"], first["labelSelector"]).ShouldBe(("500", "", "example.io/managed=true"));
        await first.AnswerAsync(Wire.List(10, "next+/=", Wire.Thing("a", 1)));
        var second = await fixture.Server.NextAsync();
        (second["limit"], second["continue"]).ShouldBe(("500", "next+/="));
        fixture.Reflector.HasSynced.ShouldBeFalse();
        fixture.Store.Count.ShouldBe(0);
        await second.AnswerAsync(Wire.List(10, "", Wire.Thing("b", 2)));
        await fixture.Reflector.WaitForSyncAsync(TestContext.Current.CancellationToken).InTime();
        fixture.Store.Snapshot().Select(thing => thing.Metadata.Name).ShouldBe(["a", "b"], ignoreOrder: true);
        fixture.Changes.ShouldAllBe(change => change.Old == null && change.New != null);
        await fixture.NextWatchAsync(10);
    }

    [Fact]
    public async Task A_continuation_that_is_gone_starts_over()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        await (await fixture.Server.NextAsync()).AnswerAsync(Wire.List(10, "next", Wire.Thing("a", 1)));
        await (await fixture.Server.NextAsync()).RefuseAsync(410, "Expired");
        var again = await fixture.Server.NextAsync();
        again["continue"].ShouldBe("");
        await again.AnswerAsync(Wire.List(20, "", Wire.Thing("b", 2)));
        await fixture.NextWatchAsync(20);
        fixture.Store.Snapshot().Single().Metadata.Name.ShouldBe("b");
    }

    [Theory]
    [InlineData(403, "Forbidden")]
    [InlineData(404, "NotFound")]
    public async Task A_list_that_is_refused_is_told_once_and_tried_again_with_growing_delays(int status, string reason)
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        foreach (var (least, most) in new[] { (0.8, 1.6), (1.6, 3.2), (3.2, 6.4), (6.4, 12.8), (12.8, 25.6), (15, 30.0), (15, 30.0) })
        {
            await (await fixture.Server.NextAsync()).RefuseAsync(status, reason);
            (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(least, most);
        }

        fixture.Reflector.HasSynced.ShouldBeFalse();
        fixture.Log.Problems.Single().ShouldContain(reason);
        await fixture.AnswerListAsync(10, Wire.Thing("a", 1));
        await fixture.NextWatchAsync(10);
        fixture.Reflector.HasSynced.ShouldBeTrue();
    }

    [Fact]
    public async Task An_object_that_does_not_parse_is_told_by_key_and_skipped()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        await fixture.AnswerListAsync(10, Wire.Thing("bad", 1, "\"size\":\"hunter2\""), Wire.Thing("good", 2));
        await fixture.NextWatchAsync(10);
        fixture.Store.Snapshot().Single().Metadata.Name.ShouldBe("good");
        fixture.Log.Problems.Single().ShouldContain("team/bad");
        fixture.Log.Problems.Single().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task An_object_that_does_not_parse_any_more_is_not_taken_for_deleted()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("a", 1), Wire.Thing("b", 2));
        await using var _ = fixture;
        await watch.SendAsync(Wire.Error(410, "Expired"));
        await fixture.AnswerListAsync(20, Wire.Thing("a", 15, "\"size\":\"?\""));
        await fixture.NextWatchAsync(20);
        fixture.Store.Snapshot().Single().Metadata.Name.ShouldBe("a");
    }

    [Fact]
    public async Task One_namespace_alone_is_asked_for_where_it_is_named()
    {
        await using var fixture = await ReflectorFixture.StartAsync(ns: "team");
        var list = await fixture.Server.NextAsync();
        list.Path.ShouldBe("/apis/example.io/v1/namespaces/team/things");
        await list.AnswerAsync(Wire.List(10, "", Wire.Thing("a", 1)));
        (await fixture.Server.NextAsync()).Path.ShouldBe("/apis/example.io/v1/namespaces/team/things");
        (fixture.Reflector.HasSynced, fixture.Store.HasSynced, fixture.Reflector.Name).ShouldBe((true, true, "team/things"));
    }

    [Fact]
    public async Task Metadata_alone_is_asked_for_where_that_is_enough()
    {
        await using var fixture = await ReflectorFixture.StartAsync(metadataOnly: true);
        var list = await fixture.Server.NextAsync();
        list.Header("Accept").Replace(" ", "").ShouldBe("application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
        await list.AnswerAsync(Wire.List(10, ""));
        var watch = await fixture.Server.NextAsync();
        watch.Header("Accept").Replace(" ", "").ShouldBe("application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1");
    }

    [Fact]
    public async Task A_page_far_larger_than_any_buffer_is_read_whole()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        var things = Enumerable.Range(1, 5000).Select(i => i % 1000 == 0 ? Wire.Thing($"bad-{i}", i, "\"size\":[{}]") : Wire.Thing($"thing-€-{i}", i));
        await fixture.AnswerListAsync(9000, [.. things]);
        await fixture.NextWatchAsync(9000);
        fixture.Store.Count.ShouldBe(4995);
        fixture.Log.Problems.Count.ShouldBe(5);
        fixture.Get("thing-€-4321")!.Metadata.ResourceVersion.ShouldBe("4321");
    }

    [Fact]
    public async Task A_list_that_never_ends_is_cut_after_a_minute()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        var list = await fixture.Server.NextAsync();
        await list.SendAsync("""{"kind":"ThingList","items":[""");
        await Eventually.Async(() => fixture.Probe.TagsOf("rest_client_requests_total").Count == 1, "the head of the answer");
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.Clock.PassPauseAsync();
        await fixture.AnswerListAsync(10);
        await fixture.NextWatchAsync(10);
    }

    [Fact]
    public async Task What_is_not_a_list_is_asked_for_again()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        foreach (var body in new[] { "[]", "{}", "<html>", "{\"items\":[{}]", "" })
        {
            await (await fixture.Server.NextAsync()).AnswerAsync(body);
            await fixture.Clock.PassPauseAsync();
        }

        await fixture.AnswerListAsync(10);
        await fixture.NextWatchAsync(10);
    }
}
