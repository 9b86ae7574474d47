using ControllerRuntime.Telemetry;
using ControllerRuntime.Tests.Queue;
using ControllerRuntime.Tests.Support;
using ControllerRuntime.Tests.Watching;

namespace ControllerRuntime.Tests.Telemetry;

public sealed class RuntimeGaugesTests
{
    private const string Silence = "controller_runtime_watch_silence_seconds";

    [Fact]
    public async Task A_watch_is_silent_until_the_server_answers_a_list_opens_the_watch_or_sends_an_event_or_a_bookmark()
    {
        await using var fixture = await ReflectorFixture.StartAsync();
        RuntimeGauges.Register(fixture.Probe.Metrics, [fixture.Reflector], []);
        var list = await fixture.Server.NextAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(7));
        fixture.Probe.Observe(Silence).ShouldBe(new Dictionary<string, double> { ["watch=things"] = 7 });

        await list.AnswerAsync(Wire.List(10, ""));
        var opening = await fixture.Server.NextAsync();
        await HeardAsync(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        await opening.SendAsync();
        await HeardAsync(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(70));
        fixture.Probe.Observe(Silence)["watch=things"].ShouldBe(70);
        await opening.SendAsync(Wire.Bookmark(11));
        await HeardAsync(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        await opening.SendAsync(Wire.Event("ADDED", Wire.Thing("a", 12)));
        await HeardAsync(fixture);
    }

    [Fact]
    public async Task A_server_that_refuses_is_silent()
    {
        var (fixture, watch) = await ReflectorFixture.StartWatchingAsync();
        await using var _ = fixture;
        RuntimeGauges.Register(fixture.Probe.Metrics, [fixture.Reflector], []);
        await fixture.OpenedAsync(1);
        watch.End();
        var passed = await fixture.Clock.PassPauseAsync();
        await (await fixture.Server.NextAsync()).RefuseAsync(403, "Forbidden");
        passed += await fixture.Clock.PassPauseAsync();
        fixture.Probe.Observe(Silence)["watch=things"].ShouldBe(passed.TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public void The_ages_of_a_queue_carry_the_names_and_labels_of_client_go()
    {
        using var fixture = new QueueFixture();
        RuntimeGauges.Register(fixture.Probe.Metrics, [], [fixture.Queue]);
        fixture.Add("default", "a", 1);
        fixture.Add("default", "b", 2);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        fixture.Get();
        fixture.Clock.Advance(TimeSpan.FromSeconds(3));
        const string tags = "name=test,controller=test";
        fixture.Probe.Observe("workqueue_oldest_waiting_seconds").ShouldBe(new Dictionary<string, double> { [tags] = 5 });
        fixture.Probe.Observe("workqueue_unfinished_work_seconds").ShouldBe(new Dictionary<string, double> { [tags] = 3 });
        fixture.Probe.Observe("workqueue_longest_running_processor_seconds").ShouldBe(new Dictionary<string, double> { [tags] = 3 });
    }

    private static Task HeardAsync(ReflectorFixture fixture) =>
        Eventually.Async(() => fixture.Probe.Observe(Silence)["watch=things"] == 0, "the silence to end");
}
