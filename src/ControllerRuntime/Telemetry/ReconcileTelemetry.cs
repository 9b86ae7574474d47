using System.Diagnostics;

namespace ControllerRuntime.Telemetry;

/// <summary>The metrics and spans of one controller's reconciles.</summary>
internal sealed class ReconcileTelemetry(RuntimeMetrics metrics, string controller)
{
    private static readonly ActivitySource Source = new(RuntimeMetrics.ActivitySourceName);

    private readonly KeyValuePair<string, object?> _controller = new("controller", controller);

    public Span Start(ObjectKey key)
    {
        metrics.ActiveWorkers.Add(1, _controller);
        var activity = Source.StartActivity("reconcile");
        activity?.SetTag("controller", controller).SetTag("k8s.namespace.name", key.Namespace).SetTag("k8s.object.name", key.Name);
        return new Span(this, activity);
    }

    private void End(Stopwatch watch)
    {
        metrics.ActiveWorkers.Add(-1, _controller);
        metrics.ReconcileTime.Record(watch.Elapsed.TotalSeconds, _controller);
    }

    private void Count(string result) => metrics.Reconciles.Add(1, _controller, new("result", result));

    /// <summary>One reconcile.</summary>
    internal sealed class Span(ReconcileTelemetry telemetry, Activity? activity) : IDisposable
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();

        public void Finish(ReconcileResult result) =>
            telemetry.Count(result.Failed ? "error" : result.At is null ? "success" : "requeue_after");

        /// <summary>Only the type is told: a message may quote what must not leave the process.</summary>
        public void Fail(Exception failure)
        {
            telemetry.Count("error");
            activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", failure.GetType().FullName);
        }

        public void Dispose()
        {
            telemetry.End(_watch);
            activity?.Dispose();
        }
    }
}
