using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using ControllerRuntime;
using ControllerRuntime.Queue;
using ControllerRuntime.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace Benchmarks.Micro;

/// <summary>What the caches and the queue keep for a session: live bytes, not what a garbage collector has not returned yet.</summary>
public static class Footprint
{
    private const int Sessions = 20_000;

    /// <summary>Fills them and tells the bytes a session.</summary>
    public static IReadOnlyList<(string What, double Bytes)> Measure()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var queue = new WorkQueue("footprint", _ => Samples.Now, TimeProvider.System, new RuntimeMetrics(services.GetRequiredService<IMeterFactory>()));
        var json = ResourceJson.ForCache();
        var caches = new SessionCaches(new(SessionCaches.WatchedSessions), new(SessionCaches.WatchedSecrets));
        var memories = new SessionMemories();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        return
        [
            ("the caches of sessions and Secrets", Growth(number =>
            {
                // As they come: the Secret, then the session's status.
                caches.Secrets.Set(JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(Samples.Secret(number)), json.SecretMetadata)!);
                caches.Sessions.Set(JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(Samples.IssuedSession(number)), json.UploadSession)!);
            })),
            ("the memory of what was written", Growth(number => memories.Remember(KeyOf(caches, number), UidOf(caches, number), SessionMemory.Empty with { Written = Samples.Facts.Digest(), WrittenTo = KeyOf(caches, number).Name }))),
            ("the queue", Growth(number => queue.AddAt(KeyOf(caches, number), later, retry: false))),
        ];
    }

    /// <summary>With the strings that the cache holds anyway.</summary>
    private static ObjectKey KeyOf(SessionCaches caches, int number) => caches.Sessions.Get(Samples.Key(number)) is { Metadata: var known } ? new(known.Namespace, known.Name) : default;

    private static string UidOf(SessionCaches caches, int number) => caches.Sessions.Get(Samples.Key(number))!.Metadata.Uid;

    private static double Growth(Action<int> add)
    {
        add(Sessions);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < Sessions; number++)
            add(number);
        return (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / Sessions;
    }
}
