using ControllerRuntime.Connection;
using ControllerRuntime.Leadership;
using ControllerRuntime.Tests.Support;
using ControllerRuntime.Watching;
using k8s;

namespace ControllerRuntime.Tests;

public sealed class ControllerManagerTests : IAsyncLifetime
{
    private static readonly ObjectKey A = new("team", "a");

    private readonly TestClock _clock = new();
    private readonly MetricsProbe _probe = new();
    private readonly LogProbe _log = new();
    private readonly FakeReflector _cache = new();
    private readonly ControllerFixture _work = new();
    private readonly CancellationTokenSource _stop = new();
    private LeaseServer _server = null!;
    private ApiConnection _connection = null!;
    private ControllerManager _manager = null!;
    private Task _running = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await LeaseServer.StartAsync();
        _connection = ApiConnection.Create(new KubernetesClientConfiguration { Host = _server.Address.ToString() }, _log, _probe.Metrics);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.InTime().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _work.DisposeAsync();
        _connection.Dispose();
        await _server.DisposeAsync();
        _probe.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Nothing_competes_or_works_before_the_caches_are_complete()
    {
        _work.Existing = [A];
        Start(elect: true);
        for (var chance = 0; chance < 20; chance++) await AskAsync();
        (_manager.IsReady, _manager.IsLeader, _server.Lease, _work.Reconciled.Count).ShouldBe((false, false, null, 0));
        _cache.Sync();
        await _work.ReconciledAsync(1);
        (_manager.IsReady, _manager.IsLeader, _server.Holder).ShouldBe((true, true, "manager"));
    }

    [Fact]
    public async Task A_follower_is_ready_and_gathers_no_keys_until_it_leads()
    {
        _server.Set(LeaseServer.HeldBy("other"));
        Start(elect: true);
        _cache.Sync();
        await _clock.RestAsync();
        _work.Controller.Enqueue(A);
        (_manager.IsReady, _manager.IsLeader, _work.Queue.Count).ShouldBe((true, false, 0));
        _work.Existing = [A];
        _server.Set(LeaseServer.HeldBy(""));
        await _clock.PassPauseAsync();
        await _work.ReconciledAsync(1);
        _manager.IsLeader.ShouldBeTrue();
    }

    [Fact]
    public async Task At_a_stop_the_workers_end_before_the_lease_is_released_and_the_caches_last()
    {
        var gate = new TaskCompletionSource();
        var order = new List<string>();
        var started = new TaskCompletionSource();
        _work.Reconcile = async (_, _) =>
        {
            started.TrySetResult();
            await gate.Task;
            order.Add($"worker, lease {_server.Holder}, cache {!_cache.Ended}");
            return ReconcileResult.Done;
        };
        _server.Intercept = request =>
        {
            if (request.Method == "PUT" && gate.Task.IsCompleted) order.Add($"release, cache {!_cache.Ended}");
            return Task.FromResult(0);
        };
        Start(elect: true);
        _work.Existing = [A];
        _cache.Sync();
        await started.Task.InTime();
        await _stop.CancelAsync();
        _work.Controller.Enqueue(new ObjectKey("team", "b"));
        gate.SetResult();
        await _running.InTime();
        order.ShouldBe(["worker, lease manager, cache True", "release, cache True"]);
        (_server.Holder, _cache.Ended, _work.Reconciled.Count, _manager.IsLeader).ShouldBe((null, true, 1, false));
    }

    [Fact]
    public async Task A_lost_lease_cancels_the_work_and_is_thrown()
    {
        var cancelled = new TaskCompletionSource();
        _work.Reconcile = async (_, token) =>
        {
            await using var registration = token.Register(cancelled.SetResult);
            await cancelled.Task;
            token.ThrowIfCancellationRequested();
            return ReconcileResult.Done;
        };
        _work.Existing = [A];
        Start(elect: true);
        _cache.Sync();
        await Eventually.Async(() => _work.Probe.Sum("controller_runtime_active_workers", "controller=test") == 1, "the work");
        _server.Set(LeaseServer.HeldBy("other"));
        await _clock.PassPauseAsync();
        await Should.ThrowAsync<LeadershipLostException>(_running.InTime());
        cancelled.Task.IsCompletedSuccessfully.ShouldBeTrue();
        (_cache.Ended, _server.Holder).ShouldBe((true, "other"));
    }

    [Fact]
    public async Task A_cache_that_fails_ends_the_work_in_order_and_is_thrown()
    {
        Start(elect: true);
        _cache.Sync();
        await Eventually.Async(() => _manager.IsLeader, "leadership");
        _cache.Fail(new InvalidOperationException("a defect"));
        (await Should.ThrowAsync<InvalidOperationException>(_running.InTime())).Message.ShouldBe("a defect");
        _server.Holder.ShouldBeNull();
    }

    [Fact]
    public async Task A_cache_that_ends_unasked_is_named()
    {
        Start(elect: false);
        _cache.Fail(null);
        (await Should.ThrowAsync<InvalidOperationException>(_running.InTime())).Message.ShouldContain("fakes");
    }

    [Fact]
    public async Task Without_election_the_work_starts_when_the_caches_are_complete()
    {
        _work.Existing = [A];
        Start(elect: false);
        _manager.IsLeader.ShouldBeFalse();
        _cache.Sync();
        await _work.ReconciledAsync(1);
        _manager.IsLeader.ShouldBeTrue();
        await _stop.CancelAsync();
        await _running.InTime();
        _manager.IsLeader.ShouldBeFalse();
    }

    [Fact]
    public async Task A_cache_that_is_refused_and_may_be_holds_up_no_work_and_is_named()
    {
        _work.Existing = [A];
        Start(elect: true);
        _cache.Refuse();
        await _work.ReconciledAsync(1);
        _manager.IsReady.ShouldBeTrue();
        _log.Lines.ShouldContain(line => line.Contains("refuses: fakes"));
    }

    [Fact]
    public async Task A_stop_before_the_caches_are_complete_ends_in_order()
    {
        Start(elect: true);
        await _stop.CancelAsync();
        await _running.InTime();
        _server.Lease.ShouldBeNull();
    }

    /// <summary>A request of the test's own: time in which an elector that does not wait would have asked too.</summary>
    private async Task AskAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("anything", UriKind.Relative));
        (await _connection.SendAsync(request, HttpCompletionOption.ResponseContentRead, TestContext.Current.CancellationToken)).Dispose();
    }

    private void Start(bool elect)
    {
        var options = new LeaderElectionOptions { Namespace = "system", Name = "operator", Identity = "manager" };
        var elector = elect ? new LeaderElector(_connection, options, _clock, _log.Of<LeaderElector>(), _probe.Metrics, new Random(1)) : null;
        _manager = new ControllerManager([_cache], elector, [_work.Controller], _log.Of<ControllerManager>());
        _running = _manager.RunAsync(_stop.Token);
    }

    private sealed class FakeReflector : IReflector
    {
        private readonly TaskCompletionSource _synced = new();
        private readonly TaskCompletionSource _settled = new();
        private readonly TaskCompletionSource _end = new();

        public string Name => "fakes";

        public bool HasSynced => _synced.Task.IsCompleted;

        public bool IsSettled => _settled.Task.IsCompleted;

        public TimeSpan Silence => TimeSpan.Zero;

        public bool Ended { get; private set; }

        public void Sync()
        {
            _synced.SetResult();
            _settled.SetResult();
        }

        public void Refuse() => _settled.SetResult();

        public void Fail(Exception? failure)
        {
            if (failure is null) _end.SetResult();
            else _end.SetException(failure);
        }

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            try
            {
                await _end.Task.WaitAsync(cancellationToken);
            }
            finally
            {
                Ended = true;
            }
        }

        public Task WaitForSyncAsync(CancellationToken cancellationToken) => _synced.Task.WaitAsync(cancellationToken);

        public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => _settled.Task.WaitAsync(cancellationToken);
    }
}
