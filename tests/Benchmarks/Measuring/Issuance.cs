using ControllerRuntime;

namespace Benchmarks.Measuring;

/// <summary>A session whose status began to tell of new credentials, as a watcher saw it.</summary>
/// <param name="Key">The session.</param>
/// <param name="At">When the watch event came.</param>
/// <param name="Created">When the API server created the session (whole seconds).</param>
/// <param name="Due">When the credentials before were due to be renewed; null for the first.</param>
public sealed record Issuance(ObjectKey Key, DateTimeOffset At, DateTimeOffset Created, DateTimeOffset? Due)
{
    /// <summary>How long after its due time a rotation was seen, in seconds; null for the first.</summary>
    public double? Lateness => Due is { } due ? (At - due).TotalSeconds : null;
}
