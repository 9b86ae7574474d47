using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>Something that happens to an operator, and what is measured of it.</summary>
/// <param name="name">Its name on the command line.</param>
public abstract class Scenario(string name)
{
    /// <summary>Its name on the command line.</summary>
    public string Name => name;

    /// <summary>Plays it on a fresh arena.</summary>
    public abstract Task<IReadOnlyList<Measurement>> PlayAsync(Arena arena, CancellationToken cancellationToken);
}
