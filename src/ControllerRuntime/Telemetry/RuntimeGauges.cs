using System.Diagnostics.Metrics;
using ControllerRuntime.Queue;
using ControllerRuntime.Watching;

namespace ControllerRuntime.Telemetry;

/// <summary>Gauges that look at the watches and the queues when somebody scrapes, so that what stands still shows although nothing happens.</summary>
public static class RuntimeGauges
{
    /// <summary>Creates them, once for each <see cref="RuntimeMetrics"/>; each watch and queue is a series of its own.</summary>
    public static void Register(RuntimeMetrics metrics, IReadOnlyList<IReflector> reflectors, IReadOnlyList<WorkQueue> queues)
    {
        metrics.Meter.CreateObservableGauge(
            "controller_runtime_watch_silence_seconds",
            () => reflectors.Select(reflector => new Measurement<double>(reflector.Silence.TotalSeconds, new KeyValuePair<string, object?>("watch", reflector.Name))),
            unit: "s",
            "Time since the API server last answered a list, opened the watch or sent anything on it, bookmarks included.");
        OfQueues("workqueue_oldest_waiting_seconds", "How long the key that waits longest for a worker has waited.", static ages => ages.OldestWaiting);
        OfQueues("workqueue_unfinished_work_seconds", "The time spent so far on all keys that are being worked on.", static ages => ages.UnfinishedWork);
        OfQueues("workqueue_longest_running_processor_seconds", "The time spent so far on the key that has been worked on longest.", static ages => ages.LongestRunning);

        void OfQueues(string name, string description, Func<QueueAges, TimeSpan> age) => metrics.Meter.CreateObservableGauge(
            name,
            () => queues.Select(queue => new Measurement<double>(age(queue.Ages()).TotalSeconds, QueueMetrics.Tags(queue.Name))),
            unit: "s",
            description);
    }
}
