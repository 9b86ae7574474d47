using System.Diagnostics.Metrics;
using ControllerRuntime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Operator.Tests.Running;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Operator.Telemetry;
using UploadSessions.Planning;
using UploadSessions.Policy;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace Operator.Tests.Reconciling;

public sealed class SessionIssuerTests : IDisposable
{
    private static readonly ObjectKey Key = new("team-a", "export");

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly SessionMemories _memories = new();
    private readonly SessionIssuer _issuer;
    private readonly FakeLogger<SessionIssuer> _log = new();

    public SessionIssuerTests() =>
        // A failure that is there already asks neither STS nor the API server.
        _issuer = new(null!, null!, _memories, null!, new OperatorMetrics(_services.GetRequiredService<IMeterFactory>()), _time, new Halves(), _log);

    [Fact]
    public void Failures_of_one_request_in_a_row_wait_for_longer_and_longer_and_another_request_does_not()
    {
        Enumerable.Range(0, 8).Select(_ => Fail("a", new IOException())).ShouldBe([2.5, 5, 10, 20, 40, 80, 150, 150]);
        Fail("b", new IOException()).ShouldBe(2.5);
    }

    [Fact]
    public void A_failure_is_logged_when_it_begins_and_not_with_each_try()
    {
        Fail("a", new IOException());
        Fail("a", new IOException());
        _log.Collector.Count.ShouldBe(1);
        Fail("a", new InvalidOperationException());
        _log.Collector.Count.ShouldBe(2);
        _log.LatestRecord.Message.ShouldContain("InvalidOperationException");
        Fail("b", new InvalidOperationException());
        _log.Collector.Count.ShouldBe(3);
    }

    public void Dispose() => _services.Dispose();

    /// <summary>The seconds until the next try.</summary>
    private double Fail(string inputs, Exception failure)
    {
        var session = new UploadSession { Metadata = new() { Namespace = Key.Namespace, Name = Key.Name, Uid = "u1" }, Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket } };
        var spec = SpecReader.Read(session, new SpecDefaults("us-east-1"));
        var request = new IssuanceRequest { Terms = spec.Terms!, Policy = PolicyRenderer.Render(spec.Terms!), RoleSessionName = "team-a.export", InputHash = inputs, Trigger = IssueTrigger.First };
        var observation = new SessionObservation { Session = session, Spec = spec, Now = _time.GetUtcNow() };
        var memory = _issuer.Failed(Key, observation, request, failure).Memory;
        _memories.Remember(Key, "u1", memory);
        return (memory.Failure!.NotBefore!.Value - _time.GetUtcNow()).TotalSeconds;
    }

    private sealed class Halves : Random
    {
        public override double NextDouble() => 0.5;
    }
}
