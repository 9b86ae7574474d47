using System.Collections.Concurrent;
using ControllerRuntime.Queue;
using ControllerRuntime.Tests.Support;

namespace ControllerRuntime.Tests;

/// <summary>A controller on a fake clock whose reconciler a test scripts.</summary>
public sealed class ControllerFixture : IReconciler, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();

    public ControllerFixture(int workers = 2)
    {
        Queue = new WorkQueue("test", _ => Clock.Now, Clock, Probe.Metrics);
        Controller = new Controller("test", this, Queue, () => Existing, new ControllerOptions { Workers = workers }, Clock, Log.Of<Controller>(), Probe.Metrics, new Random(1));
    }

    public TestClock Clock { get; } = new();

    public MetricsProbe Probe { get; } = new();

    public LogProbe Log { get; } = new();

    public WorkQueue Queue { get; }

    public Controller Controller { get; }

    public IReadOnlyList<ObjectKey> Existing { get; set; } = [];

    public Task Running { get; private set; } = Task.CompletedTask;

    public Func<ObjectKey, CancellationToken, Task<ReconcileResult>> Reconcile { get; set; } = (_, _) => Task.FromResult(ReconcileResult.Done);

    public ConcurrentQueue<ObjectKey> Reconciled { get; } = [];

    public void Start() => Running = Controller.RunAsync(_stop.Token, _abort.Token);

    public void Stop() => _stop.Cancel();

    public void Abort() => _abort.Cancel();

    public Task ReconciledAsync(int times) => Eventually.Async(() => Reconciled.Count >= times && Probe.Sum("controller_runtime_active_workers", "controller=test") == 0, $"{times} reconciles");

    public async Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            return await Reconcile(key, cancellationToken);
        }
        finally
        {
            Reconciled.Enqueue(key);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync();
        await _stop.CancelAsync();
        await Running.InTime();
        Queue.Dispose();
        Probe.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }
}
