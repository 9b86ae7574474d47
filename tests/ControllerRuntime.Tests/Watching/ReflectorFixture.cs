using System.Collections.Concurrent;
using ControllerRuntime.Connection;
using ControllerRuntime.Tests.Support;
using ControllerRuntime.Watching;
using k8s;

namespace ControllerRuntime.Tests.Watching;

/// <summary>A reflector against a scripted server, on a fake clock.</summary>
public sealed class ReflectorFixture : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ApiConnection _connection;

    private ReflectorFixture(ScriptedServer server, bool metadataOnly, string ns, bool mayBeRefused, IReflector? after)
    {
        Server = server;
        _connection = ApiConnection.Create(new KubernetesClientConfiguration { Host = server.Address.ToString() }, Log, Probe.Metrics, Clock);
        var resource = new WatchedResource<Thing>
        {
            Name = "things",
            Path = "/apis/example.io/v1/things",
            Namespace = ns,
            LabelSelector = "example.io/managed=true",
            MetadataOnly = metadataOnly,
            JsonType = ThingJson.Default.Thing,
            KeyOf = static thing => thing.Key,
            VersionOf = static thing => thing.Metadata.ResourceVersion,
            IndexBy = static thing => thing.Spec.Owner is { Length: > 0 } owner ? owner : null,
        };
        Store = new ObjectStore<Thing>(resource, ns.Length == 0 ? [] : [ns]);
        Store.Subscribe(change => Changes.Enqueue(change));
        Reflector = new Reflector<Thing>(_connection, resource, Store, Clock, new ReflectorOptions { MayBeRefused = mayBeRefused }, Log.Of<Reflector<Thing>>(), new Random(1), after);
    }

    public ScriptedServer Server { get; }

    public TestClock Clock { get; } = new();

    public MetricsProbe Probe { get; } = new();

    public LogProbe Log { get; } = new();

    public ObjectStore<Thing> Store { get; }

    public Reflector<Thing> Reflector { get; }

    public ConcurrentQueue<StoreChange<Thing>> Changes { get; } = [];

    public Task Running { get; private set; } = Task.CompletedTask;

    public static async Task<ReflectorFixture> StartAsync(bool metadataOnly = false, string ns = "", bool mayBeRefused = false, IReflector? after = null)
    {
        var fixture = new ReflectorFixture(await ScriptedServer.StartAsync(), metadataOnly, ns, mayBeRefused, after);
        fixture.Running = fixture.Reflector.RunAsync(fixture._stop.Token);
        return fixture;
    }

    /// <summary>Starts with a list of these objects at version 10 and an open watch.</summary>
    public static async Task<(ReflectorFixture Fixture, ScriptedRequest Watch)> StartWatchingAsync(params string[] objects)
    {
        var fixture = await StartAsync();
        await fixture.AnswerListAsync(10, objects);
        return (fixture, await fixture.NextWatchAsync(10));
    }

    /// <summary>One whose first watch has come to version 11 and ended.</summary>
    public static async Task<ReflectorFixture> StartWithEndedWatchAsync()
    {
        var (fixture, watch) = await StartWatchingAsync();
        await watch.SendAsync(Wire.Bookmark(11));
        watch.End();
        return fixture;
    }

    public async Task AnswerListAsync(int version, params string[] objects)
    {
        var list = await Server.NextAsync();
        list.IsWatch.ShouldBeFalse();
        await list.AnswerAsync(Wire.List(version, "", objects));
    }

    /// <summary>Waits for a watch from this version and opens it.</summary>
    public async Task<ScriptedRequest> NextWatchAsync(int version)
    {
        var watch = await Server.NextAsync();
        watch.IsWatch.ShouldBeTrue();
        watch["resourceVersion"].ShouldBe($"{version}");
        await watch.SendAsync();
        return watch;
    }

    /// <summary>Waits until so many watches were answered.</summary>
    public Task OpenedAsync(int watches) => Eventually.Async(
        () => Probe.Sum("rest_client_requests_total", $"code=200,method=GET,host=127.0.0.1:{Server.Port}") == watches + 1, $"{watches} open watches");

    public Thing? Get(string name) => Store.Get(new ObjectKey("team", name));

    public Task SeenAsync(string name, int version) =>
        Eventually.Async(() => Get(name)?.Metadata.ResourceVersion == $"{version}", $"{name} at {version}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Running.InTime().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        await Server.DisposeAsync();
        Probe.Dispose();
        _stop.Dispose();
    }
}
