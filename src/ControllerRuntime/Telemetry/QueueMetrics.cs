using System.Diagnostics;

namespace ControllerRuntime.Telemetry;

/// <summary>The instruments of one work queue, with its labels.</summary>
internal sealed class QueueMetrics(RuntimeMetrics metrics, string queue)
{
    private readonly TagList _tags = Tags(queue);

    public void Added() => metrics.QueueAdds.Add(1, _tags);

    public void Retried() => metrics.QueueRetries.Add(1, _tags);

    public void Queued() => metrics.QueueDepth.Add(1, _tags);

    public void Taken(TimeSpan waited)
    {
        metrics.QueueDepth.Add(-1, _tags);
        metrics.QueueDuration.Record(waited.TotalSeconds, _tags);
    }

    /// <summary>The labels of a queue's series.</summary>
    public static TagList Tags(string queue) => new() { { "name", queue }, { "controller", queue } };

    public void Worked(TimeSpan took) => metrics.WorkDuration.Record(took.TotalSeconds, _tags);
}
