using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Watching;

public sealed class ReflectorBreakageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_cut_in_the_middle_of_a_line_goes_on_from_the_last_whole_one(bool inOrder)
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        var half = Wire.Event("ADDED", Wire.Thing("b", 12));
        await watch.SendAsync(Wire.Event("ADDED", Wire.Thing("a", 11)) + half[..(half.Length / 2)]);
        await fixture.SeenAsync("a", 11);
        if (inOrder) watch.End();
        else
        {
            watch.Cut();
            await fixture.Clock.PassPauseAsync();
        }

        var next = await fixture.NextWatchAsync(11);
        fixture.Get("b").ShouldBeNull();
        await next.SendAsync(Wire.Event("ADDED", Wire.Thing("b", 12)));
        await fixture.SeenAsync("b", 12);
    }

    [Fact]
    public async Task A_line_without_its_end_is_not_trusted()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Bookmark(11) + Wire.Event("ADDED", Wire.Thing("a", 12)).TrimEnd());
        watch.End();
        await fixture.NextWatchAsync(11);
        fixture.Store.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_silent_stall_is_cut_soon_after_the_asked_end()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await fixture.OpenedAsync(1);
        var limit = int.Parse(watch["timeoutSeconds"], null);
        fixture.Clock.Advance(TimeSpan.FromSeconds(limit + 29));
        await watch.SendAsync(Wire.Event("ADDED", Wire.Thing("a", 11)));
        await fixture.SeenAsync("a", 11);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        await fixture.Clock.PassPauseAsync();
        var next = await fixture.NextWatchAsync(11);
        await Eventually.Async(() => watch.IsAborted, "the old connection to be closed");
        fixture.Log.Problems.Single().ShouldContain("s: the API server did not answer in time");
        await next.SendAsync(Wire.Event("ADDED", Wire.Thing("b", 12)));
        await fixture.SeenAsync("b", 12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_version_that_is_gone_lists_again_at_once_and_tells_what_was_missed(bool asEvent)
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync(Wire.Thing("kept", 1), Wire.Thing("changed", 2), Wire.Thing("deleted", 3));
        await using var _ = fixture;
        if (asEvent)
        {
            await watch.SendAsync(Wire.Error(410, "Expired"));
        }
        else
        {
            await watch.SendAsync(Wire.Bookmark(11));
            watch.End();
            await (await fixture.Server.NextAsync()).RefuseAsync(410, "Gone");
        }

        fixture.Changes.Clear();
        await fixture.AnswerListAsync(20, Wire.Thing("kept", 1), Wire.Thing("changed", 15), Wire.Thing("new", 16));
        await fixture.NextWatchAsync(20);
        fixture.Changes.Select(change => $"{change.Key.Name}:{change.Old?.Metadata.ResourceVersion}->{change.New?.Metadata.ResourceVersion}")
            .ShouldBe(["changed:2->15", "new:->16", "deleted:3->"]);
        fixture.Clock.Pauses.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_went_while_the_server_failed_lists_again_at_once()
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        for (var failed = 0; failed < 4; failed++)
        {
            await (await fixture.Server.NextAsync()).RefuseAsync(503, "ServiceUnavailable");
            await fixture.Clock.PassPauseAsync();
        }

        await (await fixture.Server.NextAsync()).RefuseAsync(410, "Expired");
        await fixture.AnswerListAsync(20);
        fixture.Clock.Pauses.ShouldBeEmpty();
        await (await fixture.NextWatchAsync(20)).SendAsync(Wire.Error(410, "Expired"));
        await fixture.Clock.PassPauseAsync();
    }

    [Fact]
    public async Task A_version_that_is_gone_now_and_then_lists_again_at_once_each_time()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        foreach (var version in new[] { 20, 30, 40 })
        {
            await watch.SendAsync(Wire.Bookmark(version - 1) + Wire.Error(410, "Expired"));
            await fixture.AnswerListAsync(version);
            watch = await fixture.NextWatchAsync(version);
        }

        fixture.Clock.Pauses.ShouldBeEmpty();
        fixture.Log.Lines.ShouldNotContain(line => line.Contains("works again"), "of such a failure nobody was told");
    }

    [Fact]
    public async Task A_server_whose_lists_are_gone_as_soon_as_they_are_made_is_not_hammered()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Error(410, "Expired"));
        foreach (var least in new[] { 1.6, 3.2 })
        {
            await fixture.AnswerListAsync(20);
            await (await fixture.NextWatchAsync(20)).SendAsync(Wire.Error(410, "Expired"));
            (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(least, 2 * least);
        }
    }

    [Fact]
    public async Task A_429_is_waited_out_for_as_long_as_the_server_asks_and_keeps_the_version()
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        await (await fixture.Server.NextAsync()).RefuseAsync(429, "TooManyRequests", ("Retry-After", "17"));
        (await fixture.Clock.PassPauseAsync()).ShouldBe(TimeSpan.FromSeconds(17));
        await fixture.NextWatchAsync(11);
    }

    [Theory]
    [InlineData("0", 0.8, 1.6)]
    [InlineData("3600", 30, 30)]
    [InlineData("5000000", 30, 30)]
    public async Task A_server_that_asks_for_no_wait_is_not_hammered_and_one_that_asks_for_ever_is_asked_again(string seconds, double least, double most)
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        await (await fixture.Server.NextAsync()).RefuseAsync(503, "ServiceUnavailable", ("Retry-After", seconds));
        (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(least, most);
        await fixture.NextWatchAsync(11);
    }

    [Theory]
    [InlineData(500, "InternalError")]
    [InlineData(503, "ServiceUnavailable")]
    [InlineData(429, "TooManyRequests")]
    [InlineData(401, "Unauthorized")]
    public async Task A_server_that_fails_is_asked_again_with_growing_delays_from_the_same_version(int status, string reason)
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        foreach (var least in new[] { 0.8, 1.6, 3.2 })
        {
            await (await fixture.Server.NextAsync()).RefuseAsync(status, reason);
            (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(least, 2 * least);
            fixture.Store.IsCurrent.ShouldBeFalse();
        }

        fixture.Log.Problems.Count.ShouldBe(1);
        await fixture.NextWatchAsync(11);
        await Eventually.Async(() => fixture.Store.IsCurrent, "the store to be current");
        fixture.Store.HasSynced.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failure_of_another_kind_than_the_last_is_told()
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        foreach (var (status, reason) in new[] { (503, "ServiceUnavailable"), (503, "ServiceUnavailable"), (403, "Forbidden") })
        {
            await (await fixture.Server.NextAsync()).RefuseAsync(status, reason);
            await fixture.Clock.PassPauseAsync();
        }

        fixture.Log.Problems.Count.ShouldBe(2);
        fixture.Log.Problems[^1].ShouldContain("Forbidden");
    }

    [Fact]
    public async Task An_event_after_failures_tells_that_the_server_is_back_while_the_watch_goes_on()
    {
        await using var fixture = await ReflectorFixture.StartWithEndedWatchAsync();
        await (await fixture.Server.NextAsync()).RefuseAsync(503, "ServiceUnavailable");
        await fixture.Clock.PassPauseAsync();
        await (await fixture.NextWatchAsync(11)).SendAsync(Wire.Bookmark(12));
        await Eventually.Async(() => fixture.Log.Lines.Any(static line => line.Contains("works again; attempts that failed: 1.", StringComparison.Ordinal)), "the good news");
    }

    [Fact]
    public async Task An_error_event_that_is_not_gone_keeps_the_version()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Bookmark(11) + Wire.Error(500, "InternalError"));
        await fixture.Clock.PassPauseAsync();
        await fixture.NextWatchAsync(11);
    }

    [Fact]
    public async Task An_error_event_without_a_word_is_a_failure_like_any_other()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.BareError(500));
        await fixture.Clock.PassPauseAsync();
        await fixture.NextWatchAsync(10);
        fixture.Log.Problems.Single().ShouldContain("500 InternalServerError: the API server refused the request");
    }

    [Fact]
    public async Task Watches_that_end_at_once_without_an_event_are_failures()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        watch.End();
        foreach (var least in new[] { 0.8, 1.6, 3.2 })
        {
            (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(least, 2 * least);
            (await fixture.NextWatchAsync(10)).End();
        }
    }

    [Fact]
    public async Task A_line_that_is_no_event_makes_it_list_again()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync("<html>502</html>\n");
        await fixture.Clock.PassPauseAsync();
        await fixture.AnswerListAsync(20, Wire.Thing("a", 11));
        await fixture.NextWatchAsync(20);
        fixture.Store.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_restarts_is_found_again_and_nothing_is_listed_again()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        await watch.SendAsync(Wire.Event("ADDED", Wire.Thing("a", 11)));
        await fixture.SeenAsync("a", 11);
        await fixture.Server.GoAwayAsync();
        for (var refused = 0; refused < 3; refused++) await fixture.Clock.PassPauseAsync();
        await fixture.Clock.RestAsync();
        await fixture.Server.ComeBackAsync();
        await fixture.Clock.PassPauseAsync();
        var next = await fixture.NextWatchAsync(11);
        await next.SendAsync(Wire.Event("ADDED", Wire.Thing("b", 12)));
        await fixture.SeenAsync("b", 12);
        fixture.Probe.Sum("rest_client_requests_total", $"code=<error>,method=GET,host=127.0.0.1:{fixture.Server.Port}").ShouldBe(3);
    }

    [Fact]
    public async Task After_a_watch_that_lasted_a_cut_counts_as_the_first_failure_again()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        for (var cut = 1; cut <= 4; cut++)
        {
            await fixture.OpenedAsync(cut);
            fixture.Clock.Advance(TimeSpan.FromSeconds(1));
            watch.Cut();
            (await fixture.Clock.PassPauseAsync()).TotalSeconds.ShouldBeInRange(0.8, 1.6);
            watch = await fixture.NextWatchAsync(10);
        }
    }
}
