namespace Operator.Tests.HighAvailability;

/// <summary>Leaders keep a short lease here: these tests come last and alone, so that no other takes the processor from them.</summary>
[CollectionDefinition(nameof(Failover), DisableParallelization = true)]
public sealed class Failover
{
    private const int UsualRounds = 1;

    /// <summary>How often a leader goes; FAILOVER_ROUNDS sets another number.</summary>
    public static int Rounds { get; } = int.TryParse(Environment.GetEnvironmentVariable("FAILOVER_ROUNDS"), out var rounds) ? rounds : UsualRounds;
}
