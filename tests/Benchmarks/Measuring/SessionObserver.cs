using System.Collections.Concurrent;
using ControllerRuntime.Connection;
using ControllerRuntime.Telemetry;
using ControllerRuntime.Watching;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using System.Diagnostics.Metrics;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Resources;

namespace Benchmarks.Measuring;

/// <summary>Watches the sessions from outside, as a user would, and notes when each got credentials. It sees the status, which follows the Secret.</summary>
public sealed class SessionObserver : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly ObjectStore<UploadSession> _sessions = new(SessionCaches.WatchedSessions);
    private readonly ConcurrentQueue<Issuance> _issuances = new();
    private readonly ApiConnection _connection;
    private readonly Task _running;
    private int _issued;

    private SessionObserver(KubernetesClientConfiguration server)
    {
        _connection = ApiConnection.Create(server, NullLoggerFactory.Instance, new RuntimeMetrics(_services.GetRequiredService<IMeterFactory>()));
        _sessions.Subscribe(Note);
        var reflector = new Reflector<UploadSession>(_connection, SessionCaches.WatchedSessions, _sessions, TimeProvider.System, new ReflectorOptions(), NullLogger<Reflector<UploadSession>>.Instance);
        Synced = reflector.WaitForSyncAsync(_stop.Token);
        _running = reflector.RunAsync(_stop.Token);
    }

    /// <summary>Ends once every session that was there is known.</summary>
    private Task Synced { get; }

    /// <summary>Every issuance seen so far, oldest first.</summary>
    public IReadOnlyCollection<Issuance> Issuances => _issuances;

    /// <summary>How many issuances were seen.</summary>
    public int Count => Volatile.Read(ref _issued);

    /// <summary>Begins to watch.</summary>
    /// <returns>Once every session that is there is known.</returns>
    public static async Task<SessionObserver> StartAsync(KubernetesClientConfiguration server)
    {
        var observer = new SessionObserver(server);
        await observer.Synced;
        return observer;
    }

    /// <summary>The issuances that come after this moment.</summary>
    public IReadOnlyList<Issuance> Since(DateTimeOffset moment) => [.. _issuances.Where(issuance => issuance.At >= moment)];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private void Note(StoreChange<UploadSession> change)
    {
        if (change.New?.Status is not { AccessKeyId: { } key } || key == change.Old?.Status?.AccessKeyId || change.Old is null)
            return;
        _issuances.Enqueue(new(change.Key, TimeProvider.System.GetUtcNow(), change.New.Metadata.CreationTimestamp, change.Old.Status?.RenewAt));
        Interlocked.Increment(ref _issued);
    }
}
