using System.Diagnostics;

namespace ControllerRuntime.Telemetry;

/// <summary>The instruments of one work queue, with its labels.</summary>
internal sealed class QueueMetrics(RuntimeMetrics metrics, string queue)
{
    private readonly TagList _tags = new() { { "name", queue }, { "controller", queue } };

    public void Added() => metrics.QueueAdds.Add(1, _tags);

    public void Retried() => metrics.QueueRetries.Add(1, _tags);

    public void Queued() => metrics.QueueDepth.Add(1, _tags);

    public void Taken(TimeSpan waited)
    {
        metrics.QueueDepth.Add(-1, _tags);
        metrics.QueueDuration.Record(waited.TotalSeconds, _tags);
    }

    public void Worked(TimeSpan took) => metrics.WorkDuration.Record(took.TotalSeconds, _tags);
}
