using System.Text.Json;
using ControllerRuntime.Connection;
using ControllerRuntime.Telemetry;
using Microsoft.Extensions.Logging;

namespace ControllerRuntime.Leadership;

/// <summary>
/// Lets one process of several work at a time, over a Lease. A leader that could not renew in time, or finds another holder, is cut off and ends;
/// one that ends in order releases the lease after its work, so that a follower takes over within a second.
/// </summary>
public sealed class LeaderElector
{
    private readonly LeaseClient _client;
    private readonly LeaderElectionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<LeaderElector> _logger;
    private readonly RuntimeMetrics _metrics;
    private readonly Random _random;
    private readonly long _epoch;

    /// <summary>The Lease as last read or written: what the next write is conditional on.</summary>
    private LeaseObject? _lease;
    private volatile LeaseObservation _seen = new(null, TimeSpan.Zero, null);
    private string? _lastLogged;

    /// <summary>Creates a candidate that does not compete yet.</summary>
    /// <exception cref="ArgumentException">The options' times do not fit together.</exception>
    public LeaderElector(ApiConnection connection, LeaderElectionOptions options, TimeProvider time,
        ILogger<LeaderElector> logger, RuntimeMetrics metrics, Random? random = null)
    {
        options.Validate();
        _client = new LeaseClient(connection, options.Namespace, options.Name);
        (_options, _time, _logger, _metrics) = (options, time, logger, metrics);
        _random = random ?? new Random();
        _epoch = time.GetTimestamp();
        ReportStatus(0);
    }

    /// <summary>True while the lease is ours and was renewed within the deadline; judged at each call.</summary>
    public bool IsLeader => Decide(_seen) == LeaseAction.Renew;

    /// <summary>
    /// Competes for the lease, then runs <paramref name="work"/> while renewing it. When the work has ended the lease is released.
    /// Returns without having led where <paramref name="stopping"/> is cancelled first.
    /// </summary>
    /// <param name="work">The work of a leader; it ends itself when asked to stop. Its token is cancelled when the lease is lost: everything must end at once.</param>
    /// <param name="stopping">Ends the competition. While leading only the end of the work counts.</param>
    /// <exception cref="LeadershipLostException">The lease was lost while the work was done.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        if (!await CompeteAsync(stopping)) return;
        using var abort = new CancellationTokenSource();
        var working = work(abort.Token);
        try
        {
            await HoldWhileAsync(working);
        }
        catch (LeadershipLostException)
        {
            ReportStatus(0);
            await abort.CancelAsync();
            await working.WaitAsync(_options.AbortGrace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        await ReleaseAsync();
        await working;
    }

    private async Task<bool> CompeteAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            // Not cancelled by a stop: an acquisition that was sent may succeed, and must then be known in order to be released.
            await AttemptAsync(AcquireAsync, _options.RetryPeriod);
            if (IsLeader)
            {
                Log.LeadershipAcquired(_logger, _options.Identity, _options.Name);
                ReportStatus(1);
                return true;
            }

            var pause = _options.FollowerPeriod / 2 * (1 + _random.NextDouble());
            await Task.Delay(pause, _time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private async Task HoldWhileAsync(Task working)
    {
        while (true)
        {
            await working.WaitAsync(_options.RetryPeriod, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (working.IsCompleted) return;
            // Half of the deadline, as client-go's clients have it: one request that hangs leaves time for another.
            var (left, half) = (TimeToDeadline(), _options.RenewDeadline / 2);
            await AttemptAsync(RenewAsync, left < half ? left : half);
            if (!IsLeader) throw Lost();
        }
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        Observe(await _client.GetAsync(cancellationToken));
        if (Decide(_seen) == LeaseAction.Acquire) await WriteAsync(cancellationToken);
    }

    /// <summary>Writes on what was last seen, without reading first; a conflict means that somebody else wrote, and a look tells who.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        if (Decide(_seen) != LeaseAction.Renew || await WriteAsync(cancellationToken)) return;
        Observe(await _client.GetAsync(cancellationToken));
        if (Decide(_seen) == LeaseAction.Renew) await WriteAsync(cancellationToken);
    }

    /// <summary>Writes our name and the time. The renewal counts from before it was sent: no later than others can count it from.</summary>
    private async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        var sentAt = Now;
        var spec = HeldSpec();
        var written = _lease is { } lease
            ? await _client.UpdateAsync(lease with { Spec = spec }, cancellationToken)
            : await _client.CreateAsync(spec, cancellationToken);
        if (written is null) return false;
        _lease = written;
        _seen = new LeaseObservation(RecordOf(written), sentAt, sentAt);
        return true;
    }

    private async Task ReleaseAsync()
    {
        if (_lease is not { Spec: { } held } lease || !IsLeader) return;
        var freed = lease with { Spec = LeaseSpecs.Released(held, _time.GetUtcNow()) };
        await AttemptAsync(async token =>
        {
            if (await _client.UpdateAsync(freed, token) is not null) Log.LeadershipReleased(_logger, _options.Identity, _options.Name);
        }, TimeToDeadline());
        _seen = new LeaseObservation(null, Now, null);
        ReportStatus(0);
    }

    /// <summary>One attempt that gives up after <paramref name="limit"/>. A server that fails is told once and changes nothing: time decides.</summary>
    private async Task AttemptAsync(Func<CancellationToken, Task> attempt, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.FromMilliseconds(1), _time);
        try
        {
            await attempt(timeout.Token);
            _lastLogged = null;
        }
        catch (Exception failure) when (failure is ApiException or HttpRequestException or TimeoutException or OperationCanceledException or JsonException or IOException)
        {
            var kind = failure is ApiException refusal ? refusal.Reason : failure.GetType().Name;
            if (kind == _lastLogged) return;
            _lastLogged = kind;
            Log.LeaseAttemptFailed(_logger, _options.Name, failure is OperationCanceledException ? "the API server did not answer in time" : failure.Message);
        }
    }

    private void Observe(LeaseObject? lease)
    {
        _lease = lease;
        var record = lease is null ? null : RecordOf(lease);
        if (record != _seen.Lease) _seen = _seen with { Lease = record, SeenAt = Now };
    }

    private LeaseSpec HeldSpec() => LeaseSpecs.Held(_lease?.Spec, _options.Identity, _options.LeaseDuration, _time.GetUtcNow());

    private LeaseRecord RecordOf(LeaseObject lease) => LeaseSpecs.Read(lease, _options.LeaseDuration);

    private TimeSpan Now => _time.GetElapsedTime(_epoch);

    private TimeSpan TimeToDeadline() => _options.RenewDeadline - (Now - _seen.LastRenewal.GetValueOrDefault());

    private LeaseAction Decide(LeaseObservation seen) => LeaseDecision.Decide(seen, _options.Identity, Now, _options.RenewDeadline);

    private LeadershipLostException Lost() => new(_seen.Lease?.Holder == _options.Identity
        ? $"The lease {_options.Namespace}/{_options.Name} could not be renewed within {_options.RenewDeadline.TotalSeconds:0.#} s."
        : $"The lease {_options.Namespace}/{_options.Name} is held by another: {_seen.Lease?.Holder}.");

    private void ReportStatus(int leading) => _metrics.MasterStatus.Record(leading, new KeyValuePair<string, object?>("name", _options.Name));
}
