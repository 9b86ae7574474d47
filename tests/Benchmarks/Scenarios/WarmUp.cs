using Benchmarks.Measuring;
using Benchmarks.Servers;

namespace Benchmarks.Scenarios;

/// <summary>
/// Has servers and observer do what they will do, for sessions that are deleted again, before anything is measured: what
/// the runtime compiles in their first seconds takes as much CPU as the servers themselves, and would fall on what is measured first.
/// </summary>
public static class WarmUp
{
    private const int Sessions = 1000;
    private const string Namespace = "warm-up";

    /// <summary>Leaves nothing behind but an empty namespace.</summary>
    public static async Task PlayAsync(Arena arena, CancellationToken cancellationToken)
    {
        await arena.CreateNamespacesAsync([Namespace], cancellationToken);
        await arena.CreateSessionsAsync(Enumerable.Range(0, Sessions).Select(number => (Namespace, Arena.NameOf(number))), cancellationToken);
        await using var observer = await SessionObserver.StartAsync(arena.Server.Configuration);
        await using (var client = await RawRun.StartAsync(arena.Server, arena.Sts, arena.Settings, cancellationToken))
        {
            await client.GoAsync();
            await arena.ReachAsync(observer, Sessions, run: null, "warming up", cancellationToken);
            await client.DoneAsync(cancellationToken);
        }

        // In this order: the garbage collector would look at every Secret whose owner is gone, for a minute, and be counted.
        await arena.DeleteAsync($"/api/v1/namespaces/{Namespace}/secrets", cancellationToken);
        await arena.DeleteAsync($"/apis/uploadsession.io/v1alpha1/namespaces/{Namespace}/uploadsessions", cancellationToken);
    }
}
