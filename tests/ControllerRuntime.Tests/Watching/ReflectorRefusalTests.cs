using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Watching;

/// <summary>What others need to wait for where the server refuses a list, and what they need not.</summary>
public sealed class ReflectorRefusalTests
{
    [Fact]
    public async Task One_that_may_be_refused_is_waited_for_until_it_is_and_goes_on_asking()
    {
        await using var fixture = await ReflectorFixture.StartAsync(mayBeRefused: true);
        var waiting = fixture.Reflector.WaitUntilSettledAsync(TestContext.Current.CancellationToken);
        await (await fixture.Server.NextAsync()).RefuseAsync(500, "InternalError");
        await fixture.Clock.PassPauseAsync();
        var list = await fixture.Server.NextAsync();
        waiting.IsCompleted.ShouldBeFalse();
        await list.RefuseAsync(403, "Forbidden");
        await waiting.InTime();
        (fixture.Reflector.IsSettled, fixture.Reflector.HasSynced, fixture.Store.HasSynced).ShouldBe((true, false, false));

        await fixture.Clock.PassPauseAsync();
        await fixture.AnswerListAsync(10, Wire.Thing("a", 1));
        await fixture.NextWatchAsync(10);
        (fixture.Reflector.IsSettled, fixture.Reflector.HasSynced, fixture.Store.Count).ShouldBe((true, true, 1));
    }

    [Fact]
    public async Task One_that_may_not_be_refused_is_waited_for_until_it_has_synced()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        await (await fixture.Server.NextAsync()).RefuseAsync(403, "Forbidden");
        await fixture.Clock.PassPauseAsync();
        fixture.Reflector.IsSettled.ShouldBeFalse();
        await fixture.AnswerListAsync(10);
        await fixture.Reflector.WaitUntilSettledAsync(TestContext.Current.CancellationToken).InTime();
        fixture.Reflector.HasSynced.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_comes_after_another_asks_for_nothing_until_that_has_synced_and_is_refused_with_it()
    {
        await using var first = await ReflectorFixture.StartAsync(mayBeRefused: true);
        await using var second = await ReflectorFixture.StartAsync(mayBeRefused: true, after: first.Reflector);
        await (await first.Server.NextAsync()).RefuseAsync(403, "Forbidden");
        await second.Reflector.WaitUntilSettledAsync(TestContext.Current.CancellationToken).InTime();
        await first.Clock.PassPauseAsync();
        var list = await first.Server.NextAsync();
        (second.Reflector.HasSynced, second.Server.HasRequest).ShouldBe((false, false));

        await list.AnswerAsync(Wire.List(10, ""));
        await second.AnswerListAsync(20, Wire.Thing("a", 1));
        await second.NextWatchAsync(20);
        second.Reflector.HasSynced.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_comes_after_another_is_waited_for_itself()
    {
        await using var first = await ReflectorFixture.StartAsync(mayBeRefused: true);
        await using var second = await ReflectorFixture.StartAsync(mayBeRefused: true, after: first.Reflector);
        await first.AnswerListAsync(10);
        var list = await second.Server.NextAsync();
        second.Reflector.IsSettled.ShouldBeFalse();
        await list.AnswerAsync(Wire.List(20, ""));
        await second.Reflector.WaitUntilSettledAsync(TestContext.Current.CancellationToken).InTime();
    }
}
