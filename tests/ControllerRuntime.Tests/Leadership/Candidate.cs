using ControllerRuntime.Connection;
using ControllerRuntime.Leadership;
using ControllerRuntime.Tests.Support;
using k8s;

namespace ControllerRuntime.Tests.Leadership;

/// <summary>One process that competes for the lease of a <see cref="LeaseServer"/>. Its work goes on until it is stopped or aborted.</summary>
public sealed class Candidate : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _workEnds = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ApiConnection _connection;

    private readonly bool _endsWhenAborted;

    public Candidate(LeaseServer server, TestClock clock, string identity, bool endsWhenAborted = true)
    {
        _endsWhenAborted = endsWhenAborted;

        // Requests time out by the system's clock here, so that the fake one moves the elector only.
        _connection = ApiConnection.Create(new KubernetesClientConfiguration { Host = server.Address.ToString() }, Log, Probe.Metrics);
        var options = new LeaderElectionOptions { Namespace = "system", Name = "operator", Identity = identity };
        Elector = new LeaderElector(_connection, options, clock, Log.Of<LeaderElector>(), Probe.Metrics, new Random(identity.Length));
        Running = Elector.RunAsync(WorkAsync, _stop.Token);
    }

    public LeaderElector Elector { get; }

    public Task Running { get; }

    public MetricsProbe Probe { get; } = new();

    public LogProbe Log { get; } = new();

    /// <summary>True from the start of the work until its end.</summary>
    public bool IsWorking { get; private set; }

    public bool WasAborted { get; private set; }

    /// <summary>Asks to stop; the work goes on until <see cref="EndWork"/>.</summary>
    public void Stop() => _stop.Cancel();

    public void EndWork() => _workEnds.TrySetResult();

    public void FailWork(Exception failure) => _workEnds.TrySetException(failure);

    public async Task LeadsAsync()
    {
        await Eventually.Async(() => Running.IsCompleted || (IsWorking && Elector.IsLeader), "leadership");
        if (Running.IsCompleted) await Running;
    }

    public double MasterStatus => Probe.Values("leader_election_master_status", "name=operator")[^1];

    public async ValueTask DisposeAsync()
    {
        Stop();
        EndWork();
        await Running.InTime().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _connection.Dispose();
        Probe.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync(CancellationToken aborted)
    {
        IsWorking = true;
        await using var registration = aborted.Register(() =>
        {
            WasAborted = true;
            if (_endsWhenAborted) EndWork();
        });
        await _workEnds.Task;
        IsWorking = false;
    }
}
