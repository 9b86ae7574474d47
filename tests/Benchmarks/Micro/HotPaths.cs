using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using ControllerRuntime;
using ControllerRuntime.Queue;
using ControllerRuntime.Telemetry;
using ControllerRuntime.Watching;
using Microsoft.Extensions.DependencyInjection;
using UploadSessions.Credentials;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Benchmarks.Micro;

/// <summary>The small things that happen for every event and every issuance: time and allocations of one.</summary>
[MemoryDiagnoser]
public class HotPaths : IDisposable
{
    private const int Delayed = 10_000;
    private static readonly WatchedResource<UploadSession> Sessions = SessionCaches.WatchedSessions with { JsonType = ResourceJson.ForCache().UploadSession };
    private static readonly WatchedResource<SecretMetadata> Secrets = SessionCaches.WatchedSecrets with { JsonType = ResourceJson.ForCache().SecretMetadata };
    private readonly UploadSession _session = JsonSerializer.Deserialize(Samples.IssuedSession(1), ResourceJson.Default.UploadSession)!;
    private readonly SecretMetadata _secret = JsonSerializer.Deserialize(Samples.Secret(1), ResourceJson.Default.SecretMetadata)!;
    private readonly ReadOnlySequence<byte> _sessionLine = new(Samples.WatchLine("MODIFIED", Samples.IssuedSession(1)));
    private readonly ReadOnlySequence<byte> _secretLine = new(Samples.WatchLine("MODIFIED", Samples.Secret(1)));
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SessionTerms _terms;
    private readonly SessionObservation _observation;
    private readonly WorkQueue _queue;
    private readonly DateTimeOffset _later = TimeProvider.System.GetUtcNow().AddHours(1);

    /// <summary>Prepares what is measured.</summary>
    public HotPaths()
    {
        _observation = Samples.Observation(_session, _secret);
        _terms = _observation.Spec.Terms!;
        _queue = new("micro", _ => Samples.Now, TimeProvider.System, new RuntimeMetrics(_services.GetRequiredService<IMeterFactory>()));
        for (var number = 0; number < Delayed; number++)
            _queue.AddAt(Samples.Key(number), _later, retry: false);
    }

    /// <summary>An event of a session, from the bytes of its line.</summary>
    [Benchmark(Description = "watch line of a session")]
    public object ParseSessionLine() => WatchLine.Parse(_sessionLine, Sessions.JsonType);

    /// <summary>An event of a Secret.</summary>
    [Benchmark(Description = "watch line of a Secret")]
    public object ParseSecretLine() => WatchLine.Parse(_secretLine, Secrets.JsonType);

    /// <summary>The look at a session of which nothing is to be done: what every event and every restart costs.</summary>
    [Benchmark(Description = "read the spec and plan")]
    public object ReadAndPlan() => SessionPlanner.Plan(_observation with { Spec = SpecReader.Read(_session, Samples.Defaults) });

    /// <summary>The session policy.</summary>
    [Benchmark(Description = "render the policy")]
    public object RenderPolicy() => PolicyRenderer.Render(_terms);

    /// <summary>The hash of the inputs.</summary>
    [Benchmark(Description = "hash the inputs")]
    public object HashInputs() => InputHash.Of(_terms, "team-01.nightly-export-00001");

    /// <summary>The body that writes a Secret, its files included.</summary>
    [Benchmark(Description = "Secret apply body")]
    public ReadOnlyMemory<byte> SecretBody() => SecretApply.Body(_session, "nightly-export-00001", _secret, Samples.Facts, SecretContent.Build(Samples.Credentials, _terms));

    /// <summary>The body that writes a status.</summary>
    [Benchmark(Description = "status apply body")]
    public ReadOnlyMemory<byte> StatusApply() => StatusBody.Apply(_session, _session.Status!);

    /// <summary>A key goes through the queue and waits for its next time, among ten thousand that wait.</summary>
    [Benchmark(Description = "queue: add, take, done, add later")]
    public async Task<ObjectKey> Queue()
    {
        var key = Samples.Key(1);
        _queue.Add(key);
        await _queue.GetAsync(CancellationToken.None);
        _queue.Done(key);
        _queue.AddAt(key, _later, retry: false);
        return key;
    }

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _queue.Dispose();
        _services.Dispose();
        GC.SuppressFinalize(this);
    }
}
