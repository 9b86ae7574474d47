using ControllerRuntime.Queue;
using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests.Queue;

/// <summary>A queue on a fake clock whose deadlines a test sets by key.</summary>
public sealed class QueueFixture : IDisposable
{
    public QueueFixture() => Queue = new WorkQueue("test", key => Deadlines.GetValueOrDefault(key, Clock.Now), Clock, Probe.Metrics);

    public TestClock Clock { get; } = new();

    public MetricsProbe Probe { get; } = new();

    public Dictionary<ObjectKey, DateTimeOffset> Deadlines { get; } = [];

    public WorkQueue Queue { get; }

    public static ObjectKey Key(string name, string ns = "default") => new(ns, name);

    /// <summary>Adds a key with a deadline so many seconds from the start.</summary>
    public void Add(string ns, string name, int deadline)
    {
        Deadlines[Key(name, ns)] = Clock.Start.AddSeconds(deadline);
        Queue.Add(Key(name, ns));
    }

    public ObjectKey Get()
    {
        Queue.Count.ShouldBeGreaterThan(0);
        var get = Queue.GetAsync(CancellationToken.None);
        get.IsCompletedSuccessfully.ShouldBeTrue();
        return get.Result;
    }

    /// <summary>Takes the next key and finishes it.</summary>
    public ObjectKey Work()
    {
        var key = Get();
        Queue.Done(key);
        return key;
    }

    public List<ObjectKey> WorkAll()
    {
        var keys = new List<ObjectKey>();
        while (Queue.Count > 0) keys.Add(Work());
        return keys;
    }

    public void Dispose()
    {
        Queue.Dispose();
        Probe.Dispose();
    }
}
