using UploadSessions.Planning;

namespace UploadSessions.Operator.Sts;

/// <summary>
/// A circuit breaker for each STS, so that one that does not answer holds no others up: a call to it keeps a worker waiting until it times out.
/// After several calls in a row without an answer the circuit is open, and one call at a time goes there to see whether it is back;
/// whoever else would ask is told the last failure at once. The first answer, be it a refusal, closes the circuit, and those who were left without one may ask again.
/// </summary>
/// <param name="mostProbes">How many calls may be under way to STSs whose circuits are open, to those that have answered before and to all others each; at least 1.</param>
public sealed class StsCircuits(int mostProbes)
{
    private const int UnansweredToOpen = 3;

    /// <summary>More than AWS has regions. Sessions may name any, also such that do not exist.</summary>
    private const int MostCircuits = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Circuit> _circuits = [];

    /// <summary>Those that have answered. They are probed on their own account, or regions that sessions make up would leave them no turn.</summary>
    private readonly HashSet<string> _known = [];
    private readonly Probes _probesOfKnown = new(mostProbes);
    private readonly Probes _probesOfOthers = new(mostProbes);
    private long _turn;
    private Action<long> _onRecovery = _ => { };

    /// <summary>Calls <paramref name="onRecovery"/> with each outage that has ended. It must be quick and must not throw.</summary>
    public void SubscribeToRecovery(Action<long> onRecovery)
    {
        lock (_lock)
            _onRecovery += onRecovery;
    }

    /// <summary>Whether an outage, as <see cref="Passage.Outage"/> tells it, has ended, or been forgotten for newer ones.</summary>
    public bool IsOver(long outage)
    {
        lock (_lock)
            return !_circuits.Values.Any(circuit => circuit.Outage == outage);
    }

    /// <summary>Asks for the way to an STS. To be disposed of when the call has ended.</summary>
    /// <param name="sts">Its address or its region.</param>
    public Passage Enter(string sts)
    {
        lock (_lock)
        {
            if (!_circuits.TryGetValue(sts, out var circuit) || circuit.Outage is null)
                return new(this, sts, probed: null, refusal: null);
            circuit.LastTurn = ++_turn;
            var probes = ProbesOf(sts);
            if (IsRefused(circuit, probes))
                return new(this, sts, probed: null, circuit.Failure) { Outage = circuit.Outage };
            probes.Add();
            circuit.ProbedBy = probes;
            return new(this, sts, circuit, refusal: null);
        }
    }

    /// <summary>What <see cref="Enter"/> would refuse a call with now; no error where it would not.</summary>
    /// <param name="sts">Its address or its region.</param>
    public StsOutcome Refusal(string sts)
    {
        lock (_lock)
        {
            return _circuits.TryGetValue(sts, out var circuit) && circuit.Outage is not null && IsRefused(circuit, ProbesOf(sts))
                ? new(null, circuit.Failure, circuit.Outage)
                : default;
        }
    }

    private Probes ProbesOf(string sts) => _known.Contains(sts) ? _probesOfKnown : _probesOfOthers;

    private static bool IsRefused(Circuit circuit, Probes probes) => circuit.ProbedBy is not null || probes.AreAllTaken;

    private void Close(string sts)
    {
        Circuit? closed;
        Action<long> onRecovery;
        lock (_lock)
        {
            if (_known.Count < MostCircuits)
                _known.Add(sts);
            _circuits.Remove(sts, out closed);
            onRecovery = _onRecovery;
        }

        if (closed?.Outage is { } outage)
            onRecovery(outage);
    }

    private long? Count(string sts, IssuanceError failure)
    {
        lock (_lock)
        {
            if (!_circuits.TryGetValue(sts, out var circuit))
            {
                if (_circuits.Count >= MostCircuits)
                    _circuits.Remove(_circuits.MinBy(known => known.Value.LastTurn).Key);
                _circuits[sts] = circuit = new();
            }

            circuit.Unanswered++;
            circuit.Failure = failure;
            circuit.LastTurn = ++_turn;
            if (circuit.Unanswered >= UnansweredToOpen)
                circuit.Outage ??= _turn;
            return circuit.Outage;
        }
    }

    private void EndProbe(Circuit probed)
    {
        lock (_lock)
        {
            probed.ProbedBy?.Remove();
            probed.ProbedBy = null;
        }
    }

    /// <summary>The way to an STS, for one call.</summary>
    public sealed class Passage : IDisposable
    {
        private readonly StsCircuits _circuits;
        private readonly string _sts;
        private readonly Circuit? _probed;

        internal Passage(StsCircuits circuits, string sts, Circuit? probed, IssuanceError? refusal) =>
            (_circuits, _sts, _probed, Refusal) = (circuits, sts, probed, refusal);

        /// <summary>The last failure of another call, where this one must not be made; null: go on.</summary>
        public IssuanceError? Refusal { get; }

        /// <summary>Whether the call only finds out if the STS is back.</summary>
        public bool IsProbe => _probed is not null;

        /// <summary>The outage for which the call was refused or left unanswered; null: there is none.</summary>
        public long? Outage { get; internal set; }

        /// <summary>The STS answered.</summary>
        public void Answered() => _circuits.Close(_sts);

        /// <summary>No answer came.</summary>
        public void Unanswered(IssuanceError failure) => Outage = _circuits.Count(_sts, failure);

        /// <inheritdoc/>
        public void Dispose()
        {
            if (_probed is not null)
                _circuits.EndProbe(_probed);
        }
    }

    internal sealed class Circuit
    {
        public int Unanswered { get; set; }

        /// <summary>What tells this outage from others; null while the circuit is closed.</summary>
        public long? Outage { get; set; }

        public IssuanceError? Failure { get; set; }

        /// <summary>Null while no probe is under way.</summary>
        public Probes? ProbedBy { get; set; }

        public long LastTurn { get; set; }
    }

    /// <summary>The probes under way to STSs of one kind.</summary>
    internal sealed class Probes(int most)
    {
        private int _count;

        public bool AreAllTaken => _count >= most;

        public void Add() => _count++;

        public void Remove() => _count--;
    }
}
