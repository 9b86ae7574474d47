using System.Collections.Concurrent;
using ControllerRuntime.Queue;
using ControllerRuntime.Tests.Support;
using CsCheck;

namespace ControllerRuntime.Tests.Queue;

public sealed class WorkQueuePropertyTests
{
    private enum Step { Add, AddLater, AddRetry, Unschedule, Get, Done, Advance }

    private static readonly Gen<(Step Step, int Key, int Seconds)> AnyStep =
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 5], Gen.Int[0, 30]);

    [Fact]
    public void No_key_is_lost_and_none_is_handed_out_twice_at_once() =>
        AnyStep.List[0, 80].Sample(steps =>
        {
            using var fixture = new QueueFixture();
            var asked = new HashSet<ObjectKey>();
            var later = new Dictionary<ObjectKey, DateTimeOffset>();
            var processing = new HashSet<ObjectKey>();
            foreach (var (step, number, seconds) in steps)
            {
                var key = QueueFixture.Key($"{number}", $"ns-{number % 3}");
                switch (step)
                {
                    case Step.Add:
                        fixture.Queue.Add(key);
                        asked.Add(key);
                        break;
                    case Step.AddLater or Step.AddRetry:
                        var due = fixture.Clock.Now.AddSeconds(seconds);
                        fixture.Queue.AddAt(key, due, step == Step.AddRetry);
                        if (seconds == 0) asked.Add(key);
                        else if (!later.TryGetValue(key, out var known) || due < known) later[key] = due;
                        break;
                    case Step.Unschedule:
                        fixture.Queue.Unschedule(key);
                        later.Remove(key);
                        break;
                    case Step.Get when fixture.Queue.Count > 0:
                        var next = fixture.Get();
                        processing.Add(next).ShouldBeTrue();
                        asked.Remove(next).ShouldBeTrue();
                        break;
                    case Step.Done when processing.Count > 0:
                        var done = processing.Order(Comparer<ObjectKey>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name))).First();
                        fixture.Queue.Done(done);
                        processing.Remove(done);
                        break;
                    case Step.Advance:
                        fixture.Clock.Advance(TimeSpan.FromSeconds(seconds));
                        foreach (var (ready, _) in later.Where(entry => entry.Value <= fixture.Clock.Now).ToList())
                        {
                            later.Remove(ready);
                            asked.Add(ready);
                        }

                        break;
                }

                fixture.Queue.Count.ShouldBe(asked.Count(asked => !processing.Contains(asked)));
                fixture.Queue.DelayedCount.ShouldBe(later.Count);
            }
        }, iter: 2000);

    [Fact]
    public async Task Under_threads_no_change_is_missed_and_no_key_runs_twice_at_once()
    {
        const int keys = 20, changes = 20_000, workers = 6;
        using var probe = new MetricsProbe();
        using var queue = new WorkQueue("threads", _ => default, TimeProvider.System, probe.Metrics);
        var wanted = new ConcurrentDictionary<ObjectKey, int>();
        var seen = new ConcurrentDictionary<ObjectKey, int>();
        var running = new ConcurrentDictionary<ObjectKey, bool>();
        using var stop = new CancellationTokenSource();

        async Task WorkAsync()
        {
            while (true)
            {
                var key = await queue.GetAsync(stop.Token);
                running.TryAdd(key, true).ShouldBeTrue();
                seen[key] = wanted[key];
                await Task.Yield();
                running.TryRemove(key, out _).ShouldBeTrue();
                queue.Done(key);
            }
        }

        var crew = Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync)).ToArray();
        Parallel.For(0, changes, i =>
        {
            var key = QueueFixture.Key($"{i % keys}", $"ns-{i % 3}");
            wanted.AddOrUpdate(key, 1, (_, version) => version + 1);
            if (i % 7 == 0) queue.AddAt(key, TimeProvider.System.GetUtcNow().AddMilliseconds(i % 5), retry: i % 2 == 0);
            else queue.Add(key);
        });
        await Eventually.Async(() => crew.Any(worker => worker.IsCompleted) || wanted.All(entry => seen.GetValueOrDefault(entry.Key) == entry.Value), "every change to be seen");
        await stop.CancelAsync();
        foreach (var worker in crew) await Should.ThrowAsync<OperationCanceledException>(worker);
    }
}
