using ControllerRuntime;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Operator.Tests.Granting;
using Operator.Tests.Kubernetes;
using Operator.Tests.Running;
using UploadSessions.Operator.Granting;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Operator.Reconciling;
using UploadSessions.Operator.Sts;
using UploadSessions.Planning;
using UploadSessions.Resources;
using UploadSessions.Rotation;
using UploadSessions.Specification;

namespace Operator.Tests.Reconciling;

/// <summary>When a session is looked at again, where there is nothing to ask of STS or the API server.</summary>
public sealed class UploadSessionReconcilerTests
{
    private static readonly ObjectKey Key = new("team-a", "export");
    private static readonly SpecDefaults Defaults = new("us-east-1");
    private static readonly UploadSession Session = Objects.Session with { Spec = new() { RoleArn = Scene.RoleArn, Bucket = Scene.Bucket } };

    private readonly FakeTimeProvider _time = new(Objects.Now);
    private readonly SessionMemories _memories = new();
    private readonly SessionCaches _caches = new(new(SessionCaches.WatchedSessions), new(SessionCaches.WatchedSecrets));
    private readonly UploadSessionReconciler _reconciler;

    public UploadSessionReconcilerTests()
    {
        var options = GrantBookTests.Options with { RequireGrants = false };
        var grants = new GrantCaches(options);
        _reconciler = new(_caches, grants, _memories, Defaults, new GrantBook(grants, options), new StsCircuits(1), null!, null!, null!, _time, new FakeLogger<UploadSessionReconciler>());
    }

    [Fact]
    public async Task Nothing_is_remembered_of_a_session_that_is_gone()
    {
        _memories.Remember(Key, Session.Metadata.Uid, SessionMemory.Empty with { Written = 7 });
        (await ReconcileAsync()).ShouldBe(ReconcileResult.Done);
        _memories.Recall(Key, Session.Metadata.Uid).ShouldBe(SessionMemory.Empty);
    }

    /// <summary>Else those that fail would take the turns of those whose credentials are due.</summary>
    [Fact]
    public async Task What_failed_is_tried_again_after_all_normal_work()
    {
        var memory = Failing(TimeSpan.FromSeconds(3));
        _memories.Remember(Key, Session.Metadata.Uid, memory);
        _caches.Sessions.Set(Session with { Status = StatusOf(memory) });
        (await ReconcileAsync()).ShouldBe(ReconcileResult.RetryAt(Objects.Now.AddSeconds(3)));
    }

    /// <summary>Whoever keeps changing the status must not keep the operator from renewing.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(7, 5)]
    public async Task A_status_that_waits_to_be_written_again_delays_nothing_else(int tryAgain, int expected)
    {
        var memory = Failing(TimeSpan.FromSeconds(tryAgain));
        _memories.Remember(Key, Session.Metadata.Uid, memory.WithShown(StatusOf(memory), Objects.Now).WithShown(StatusOf(memory), Objects.Now));
        _caches.Sessions.Set(Session with { Status = StatusOf(memory) with { Conditions = [] } });
        (await ReconcileAsync()).At.ShouldBe(Objects.Now.AddSeconds(expected));
    }

    [Fact]
    public async Task A_status_that_says_what_it_should_waits_for_nothing_although_it_had_to_be_written_again()
    {
        var memory = Failing(TimeSpan.FromSeconds(7));
        var status = StatusOf(memory);
        _memories.Remember(Key, Session.Metadata.Uid, memory.WithShown(status, Objects.Now).WithShown(status, Objects.Now));
        _caches.Sessions.Set(Session with { Status = status });
        (await ReconcileAsync()).ShouldBe(ReconcileResult.RetryAt(Objects.Now.AddSeconds(7)));
    }

    private Task<ReconcileResult> ReconcileAsync() => _reconciler.ReconcileAsync(Key, TestContext.Current.CancellationToken);

    /// <summary>The memory of an issuance that failed just now.</summary>
    private static SessionMemory Failing(TimeSpan retryAfter)
    {
        var request = Plan(SessionMemory.Empty).ShouldBeOfType<SessionPlan.Issue>().Request;
        return SessionMemory.Empty with { Failure = new(request.Fingerprint, 1, new(Reasons.Pending, FailureKind.Transient, "Throttling", "slow down"), Objects.Now + retryAfter) };
    }

    private static UploadSessionStatus StatusOf(SessionMemory memory) => Plan(memory).ShouldBeOfType<SessionPlan.Keep>().Status;

    private static SessionPlan Plan(SessionMemory memory) =>
        SessionPlanner.Plan(new() { Session = Session, Spec = SpecReader.Read(Session, Defaults), Memory = memory, Now = Objects.Now });
}
