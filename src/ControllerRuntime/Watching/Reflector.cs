using System.Net;
using System.Text.Json;
using ControllerRuntime.Connection;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Watching;

/// <summary>
/// Keeps an <see cref="ObjectStore{T}"/> in step with the API server as client-go's reflector does: a paged list, then watches, each from the version
/// the one before ended at; a list again only where that version is gone (410). It outlives every failure of the server and the network.
/// </summary>
public sealed class Reflector<T> : IReflector
    where T : class
{
    private const int MostHasty = 8;

    private readonly WatchedResource<T> _resource;
    private readonly ObjectStore<T> _store;
    private readonly TimeProvider _time;
    private readonly ReflectorOptions _options;
    private readonly ILogger _logger;
    private readonly Random _random;
    private readonly ResourceClient<T> _client;
    private readonly ReflectorHealth _health;
    private readonly IReflector? _after;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The version everything up to which is in the store; null: a list is needed.</summary>
    private string? _version;

    /// <summary>Whether the last failure was a version that is gone. Where that comes after others the server is back, and a list is waited for no longer.</summary>
    private bool _wasGone;

    /// <summary>How many watches in a row ended soon after they had begun.</summary>
    private int _hasty;

    /// <summary>Creates a reflector that is not yet running.</summary>
    /// <param name="connection">The API server.</param>
    /// <param name="resource">What is reflected.</param>
    /// <param name="store">Where to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="logger">Where failures are told.</param>
    /// <param name="random">The jitter of delays; by default seeded by the system.</param>
    /// <param name="after">Another that must have synced before this one asks for anything; null: it asks at once.</param>
    public Reflector(ApiConnection connection, WatchedResource<T> resource, ObjectStore<T> store, TimeProvider time,
        ReflectorOptions options, ILogger<Reflector<T>> logger, Random? random = null, IReflector? after = null)
    {
        (_resource, _store, _time, _options, _logger, _after) = (resource, store, time, options, logger, after);
        _random = random ?? new Random();
        _client = new ResourceClient<T>(connection, resource, options.PageSize);
        _health = new ReflectorHealth(Name, options, time, logger, _random);
    }

    /// <inheritdoc/>
    public string Name => _resource.Namespace.Length == 0 ? _resource.Name : $"{_resource.Namespace}/{_resource.Name}";

    /// <inheritdoc/>
    public bool HasSynced => _synced.Task.IsCompleted;

    /// <inheritdoc/>
    public bool IsSettled => _settled.Task.IsCompleted;

    /// <inheritdoc/>
    public TimeSpan Silence => _health.Silence;

    /// <inheritdoc/>
    public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => _settled.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_after is not null) await FollowAsync(_after, cancellationToken);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var delay = TimeSpan.Zero;
            try
            {
                if (_version is null) await ListAsync(cancellationToken);
                else delay = await WatchAsync(_version, cancellationToken);
            }
            catch (Exception failure) when (IsOfTheServer(failure) && !cancellationToken.IsCancellationRequested)
            {
                delay = DelayAfter(failure);
            }

            if (delay > TimeSpan.Zero) await Task.Delay(delay, _time, cancellationToken);
        }
    }

    /// <summary>While the one before it is refused, this one is as good as refused.</summary>
    private async Task FollowAsync(IReflector first, CancellationToken cancellationToken)
    {
        await first.WaitUntilSettledAsync(cancellationToken);
        if (!first.HasSynced) _settled.TrySetResult();
        await first.WaitForSyncAsync(cancellationToken);
    }

    /// <summary>Anything else is a defect of ours, which must not be repeated for ever in silence.</summary>
    private static bool IsOfTheServer(Exception failure) =>
        failure is ApiException or HttpRequestException or IOException or JsonException or TimeoutException or OperationCanceledException;

    private async Task ListAsync(CancellationToken cancellationToken)
    {
        var items = new List<T>();
        var unreadable = new List<ObjectKey>();
        var continuation = "";
        string version;
        do
        {
            using var timeout = new CancellationTokenSource(_options.PageTimeout, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            var page = await _client.ListAsync(continuation, either.Token);
            _health.Heard();
            items.AddRange(page.Items);
            unreadable.AddRange(page.Unreadable);
            (continuation, version) = (page.Continue, page.ResourceVersion);
        }
        while (continuation.Length > 0);

        foreach (var key in unreadable) Log.ObjectUnreadable(_logger, Name, key);
        _store.Replace(items, unreadable, _resource.Namespace);
        _version = version;
        _synced.TrySetResult();
        _settled.TrySetResult();
        Log.Listed(_logger, Name, items.Count, version);
    }

    /// <summary>Watches until the stream ends.</summary>
    /// <returns>How long to wait before the next watch.</returns>
    private async Task<TimeSpan> WatchAsync(string version, CancellationToken cancellationToken)
    {
        var limit = _options.ShortestWatch * (1 + _random.NextDouble());
        using var stall = new CancellationTokenSource(limit + _options.WatchGrace, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stall.Token, cancellationToken);
        using var response = await _client.WatchAsync(version, limit, either.Token);
        _health.WatchOpened();
        _store.MarkCurrent(true, _resource.Namespace);
        var stream = await response.Content.ReadAsStreamAsync(either.Token);
        var events = 0;
        await foreach (var @event in WatchStream.ReadAsync(stream, _resource.JsonType, either.Token))
        {
            if (@event.Failure is { } failure) throw failure;
            Apply(@event);
            events++;
            _health.Heard();
            _health.Recovered();
        }

        var lasted = _health.WatchEnded();
        return lasted || events > 0 ? Pause(lasted) : DelayAfter(new IOException("The watch ended at once, without an event."));
    }

    /// <summary>A server that ends every watch after an event, in order or because its version is gone, must not be asked as fast as it answers.</summary>
    private TimeSpan Pause(bool lasted)
    {
        _hasty = lasted ? 0 : _hasty + 1;
        return _hasty > MostHasty ? _options.ShortestHealthyWatch : TimeSpan.Zero;
    }

    private void Apply(WatchEvent<T> @event)
    {
        if (@event.Item is { } item)
        {
            if (@event.Type == WatchEventType.Deleted) _store.Remove(_resource.KeyOf(item));
            else _store.Set(item);
            Advance(_resource.VersionOf(item));
            return;
        }

        if (@event.Type == WatchEventType.Deleted) _store.Remove(@event.Header.Key);
        else if (@event.Type is WatchEventType.Added or WatchEventType.Modified) Log.ObjectUnreadable(_logger, Name, @event.Header.Key);
        Advance(@event.Header.ResourceVersion);
    }

    private void Advance(string version)
    {
        if (version.Length > 0) _version = version;
    }

    /// <summary>Counts a failure, decides whether the version survives it, and says how long to wait.</summary>
    private TimeSpan DelayAfter(Exception failure)
    {
        var lasted = _health.WatchEnded();
        _health.Failed();
        var gone = failure is ApiException { StatusCode: (int)HttpStatusCode.Gone };
        if (gone || failure is JsonException) _version = null;
        var again = _wasGone && _health.Failures > 1;
        _wasGone = gone;
        if (gone && !again) return Pause(lasted);
        _store.MarkCurrent(false, _resource.Namespace);
        if (_options.MayBeRefused && failure is ApiException { StatusCode: (int)HttpStatusCode.Forbidden }) _settled.TrySetResult();
        return _health.DelayAfter(failure);
    }
}
