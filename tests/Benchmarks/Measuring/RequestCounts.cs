namespace Benchmarks.Measuring;

/// <summary>Requests that an API server answered, by verb and kind, such as <c>patch secrets</c> or <c>patch uploadsessions/status</c>.</summary>
public sealed record RequestCounts(IReadOnlyDictionary<string, long> ByKind)
{
    private static readonly string[] Reading = ["list", "watch"];

    /// <summary>What came since an earlier count.</summary>
    public RequestCounts Since(RequestCounts before) => new(ByKind
        .Select(entry => (entry.Key, Count: entry.Value - before.ByKind.GetValueOrDefault(entry.Key)))
        .Where(entry => entry.Count > 0)
        .ToDictionary(entry => entry.Key, entry => entry.Count));

    /// <summary>Requests on behalf of sessions: everything but lists, watches and leases, and the sessions that the benchmark itself creates.</summary>
    public long OnBehalfOfSessions => ByKind.Where(entry => IsOnBehalf(entry.Key)).Sum(entry => entry.Value);

    /// <summary>Those of them that write.</summary>
    public long Writes => ByKind.Where(entry => IsOnBehalf(entry.Key) && !entry.Key.StartsWith("get ", StringComparison.Ordinal)).Sum(entry => entry.Value);

    private static bool IsOnBehalf(string kind) =>
        !Reading.Any(verb => kind.StartsWith(verb + " ", StringComparison.Ordinal))
        && kind != "create uploadsessions"
        && (kind.EndsWith(" secrets", StringComparison.Ordinal) || kind.EndsWith(" events", StringComparison.Ordinal) || kind.Contains(" uploadsessions", StringComparison.Ordinal));
}
