using ControllerRuntime.Leadership;
using ControllerRuntime.Watching;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime;

/// <summary>
/// Starts and stops the parts in the order that loses nothing: caches, then election, then workers; at the end intake, workers, and the lease last.
/// A follower keeps its caches warm, so that taking over needs no list.
/// </summary>
/// <param name="reflectors">The caches that must be complete before any work, but for those that others may go on without.</param>
/// <param name="elector">Whom to ask for leadership; null: work without asking.</param>
/// <param name="controllers">The work.</param>
/// <param name="logger">Where the phases are told.</param>
public sealed class ControllerManager(
    IReadOnlyList<IReflector> reflectors, LeaderElector? elector, IReadOnlyList<Controller> controllers, ILogger<ControllerManager> logger)
{
    private volatile bool _working;

    /// <summary>True once no cache needs to be waited for: the process can work or take over.</summary>
    public bool IsReady => reflectors.All(static reflector => reflector.IsSettled);

    /// <summary>True while this process is the one that works.</summary>
    public bool IsLeader => elector?.IsLeader ?? _working;

    /// <summary>Runs until <paramref name="stopping"/> is cancelled and everything has ended in order.</summary>
    /// <exception cref="LeadershipLostException">The lease was lost: the process must end.</exception>
    /// <exception cref="InvalidOperationException">A part ended without being asked to; its own exception is thrown where it has one.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var reflecting = new CancellationTokenSource();
        var caches = new BackgroundParts(reflectors.Select(reflector => (reflector.Name, reflector.RunAsync(reflecting.Token))));
        var work = WorkAsync(stop.Token);
        try
        {
            await caches.GuardAsync(work);
            await work;
        }
        finally
        {
            await stop.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await reflecting.CancelAsync();
            await caches.EndAsync();
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            foreach (var reflector in reflectors) await reflector.WaitUntilSettledAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }

        TellOfCaches();
        if (elector is null) await ControlAsync(stopping, CancellationToken.None);
        else await elector.RunAsync(aborting => ControlAsync(stopping, aborting), stopping);
    }

    private void TellOfCaches()
    {
        var refused = string.Join(", ", reflectors.Where(static reflector => !reflector.HasSynced).Select(static reflector => reflector.Name));
        if (refused.Length == 0) Log.CachesSynced(logger);
        else Log.CachesSettled(logger, refused);
    }

    private async Task ControlAsync(CancellationToken stopping, CancellationToken aborting)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborting);
        var parts = new BackgroundParts(controllers.Select(controller => (controller.Name, controller.RunAsync(stop.Token, aborting))));
        _working = true;
        try
        {
            await parts.GuardAsync(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token));
        }
        finally
        {
            await stop.CancelAsync();
            await parts.EndAsync();
            _working = false;
        }

        await parts.ThrowIfFailedAsync();
    }
}
