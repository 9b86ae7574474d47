using System.Diagnostics;

namespace ControllerRuntime.Tests.Support;

/// <summary>Waits on conditions that another thread or the network brings about.</summary>
public static class Eventually
{
    /// <summary>Far beyond what a loaded machine needs: only a failing test waits this long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static async Task Async(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Patience) throw new TimeoutException($"Waited in vain for: {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);

    public static Task InTime(this Task task) => task.WaitAsync(Patience, TimeProvider.System);
}
