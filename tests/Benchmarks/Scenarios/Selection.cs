using Benchmarks.Report;

namespace Benchmarks.Scenarios;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Set">The rounds to choose from.</param>
/// <param name="Names">Scenarios; none: all.</param>
/// <param name="Servers">Servers; none: as in the set.</param>
/// <param name="Builds">Builds; none: as in the set.</param>
/// <param name="Sizes">Numbers of sessions; none: as in the set.</param>
/// <param name="Runs">How often; null: as in the set.</param>
public sealed record Selection(
    IReadOnlyList<Round> Set, IReadOnlyList<string> Names, IReadOnlyList<string> Servers, IReadOnlyList<string> Builds, IReadOnlyList<int> Sizes, int? Runs)
{
    /// <summary>The rounds. A server, build or size that was named is taken for every scenario, whether or not the set has it.</summary>
    public IReadOnlyList<Round> Rounds()
    {
        var chosen = Set.Where(round => Names.Count == 0 || Names.Contains(round.Scenario.Name));
        if (Servers.Count + Builds.Count + Sizes.Count > 0)
            chosen = chosen.DistinctBy(round => round.Scenario.Name).SelectMany(Spread);
        return [.. chosen.Select(round => round with { Runs = Runs ?? round.Runs })];
    }

    private IEnumerable<Round> Spread(Round round) =>
        from server in Or(Servers, round.Server)
        from build in round.Build == Subject.Raw ? [Subject.Raw] : Or(Builds, round.Build)
        from size in Or(Sizes, round.Sessions)
        select round with { Server = server, Build = build, Sessions = size };

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<T> given, T otherwise) => given.Count > 0 ? given : [otherwise];
}
