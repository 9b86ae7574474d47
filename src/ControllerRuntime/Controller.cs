using System.Collections.Concurrent;
using ControllerRuntime.Queue;
using ControllerRuntime.Telemetry;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime;

/// <summary>Takes keys from a work queue and has them reconciled by a fixed number of workers; the outcome decides when a key comes back.</summary>
public sealed class Controller
{
    private readonly IReconciler _reconciler;
    private readonly WorkQueue _queue;
    private readonly Func<IEnumerable<ObjectKey>> _existing;
    private readonly ControllerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Controller> _logger;
    private readonly ReconcileTelemetry _telemetry;
    private readonly FailureBackoff _backoff;
    private readonly ConcurrentDictionary<ObjectKey, string> _told = new();
    private bool _started;

    /// <summary>Creates a controller that is not yet running.</summary>
    /// <param name="name">The <c>controller</c> label in metrics, traces and logs.</param>
    /// <param name="reconciler">What is done for a key.</param>
    /// <param name="queue">Where the keys come from; it belongs to this controller alone.</param>
    /// <param name="existing">The keys of all that there is: asked once, at the start.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where failures are told.</param>
    /// <param name="metrics">Where it reports to.</param>
    /// <param name="random">The jitter of retries; by default seeded by the system.</param>
    public Controller(string name, IReconciler reconciler, WorkQueue queue, Func<IEnumerable<ObjectKey>> existing, ControllerOptions options, TimeProvider time,
        ILogger<Controller> logger, RuntimeMetrics metrics, Random? random = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        Name = name;
        (_reconciler, _queue, _existing, _options, _time, _logger) = (reconciler, queue, existing, options, time, logger);
        _telemetry = new ReconcileTelemetry(metrics, name);
        _backoff = new FailureBackoff(options.FailureDelay, random ?? new Random());
    }

    /// <summary>The controller's name.</summary>
    public string Name { get; }

    /// <summary>
    /// Has <paramref name="key"/> reconciled as soon as its turn comes. Before the start nothing happens, since the start asks for all that there is:
    /// a replica that waits to lead, for weeks perhaps, must not gather the keys of all that came and went.
    /// </summary>
    public void Enqueue(ObjectKey key)
    {
        // A full fence, as at the start: who finds the controller not started has changed its cache before that is asked.
        if (Interlocked.CompareExchange(ref _started, false, false)) _queue.Add(key);
    }

    /// <summary>
    /// Runs the workers, on all that there is and then on what is enqueued, until <paramref name="stopping"/> is cancelled: then no more work is taken, and running reconciles may go on
    /// for <see cref="ControllerOptions.DrainTimeout"/> before their token is cancelled. Returns once every worker is idle,
    /// so a reconciler that ignores its token delays the end: what a reconcile still writes must not outlive the lease.
    /// </summary>
    /// <param name="stopping">Asks for an orderly end.</param>
    /// <param name="aborting">Ends running reconciles at once.</param>
    public async Task RunAsync(CancellationToken stopping, CancellationToken aborting = default)
    {
        using var intake = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborting);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(aborting);
        await using var drain = _time.CreateTimer(_ => abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using var draining = intake.Token.Register(() => drain.Change(_options.DrainTimeout, Timeout.InfiniteTimeSpan));
        Log.ControllerStarted(_logger, Name, _options.Workers);
        Interlocked.Exchange(ref _started, true);
        foreach (var key in _existing()) _queue.Add(key);
        await Task.WhenAll(Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(() => WorkAsync(intake, abort.Token), CancellationToken.None)));
        Log.ControllerStopped(_logger, Name);
    }

    private async Task WorkAsync(CancellationTokenSource intake, CancellationToken aborted)
    {
        try
        {
            while (!intake.IsCancellationRequested)
            {
                var key = await _queue.GetAsync(intake.Token);
                await ProcessAsync(key, aborted);
            }
        }
        catch (OperationCanceledException) when (intake.IsCancellationRequested)
        {
            // The orderly end.
        }
        catch
        {
            // A defect of the queue itself: the other workers must not hide it by going on.
            await intake.CancelAsync();
            throw;
        }
    }

    private async Task ProcessAsync(ObjectKey key, CancellationToken aborted)
    {
        using var span = _telemetry.Start(key);
        try
        {
            var result = await _reconciler.ReconcileAsync(key, aborted);
            Settle(key, result);
            span.Finish(result);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            _queue.Add(key);
            Log.ReconcileCancelled(_logger, Name, key);
        }
#pragma warning disable CA1031 // Whatever a reconciler throws is a failed attempt at one key, never the end of the controller.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            span.Fail(failure);
            Tell(key, BackOff(key), failure);
        }
        finally
        {
            _queue.Done(key);
        }
    }

    private void Settle(ObjectKey key, ReconcileResult result)
    {
        if (!result.Failed) Recovered(key);
        if (result.At is { } at) _queue.AddAt(key, at, result.Failed);
        else if (result.Failed) BackOff(key);
        else _queue.Unschedule(key);
    }

    private void Recovered(ObjectKey key)
    {
        _backoff.Forget(key);
        _told.TryRemove(key, out _);
    }

    /// <summary>A failure that goes on is told once, not at every attempt.</summary>
    private void Tell(ObjectKey key, TimeSpan delay, Exception failure)
    {
        var isNews = _told.GetValueOrDefault(key) != failure.Message;
        _told[key] = failure.Message;
        Log.ReconcileFailed(_logger, isNews ? LogLevel.Error : LogLevel.Debug, Name, key, delay.TotalSeconds, failure);
    }

    private TimeSpan BackOff(ObjectKey key)
    {
        var delay = _backoff.Next(key);
        _queue.AddAt(key, _time.GetUtcNow() + delay, retry: true);
        return delay;
    }
}
