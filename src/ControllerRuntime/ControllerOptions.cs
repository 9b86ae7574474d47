using ControllerRuntime.Queue;

namespace ControllerRuntime;

/// <summary>How a controller runs.</summary>
public sealed record ControllerOptions
{
    /// <summary>How many keys are reconciled at the same time; 1 or more.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>How long running reconciles may go on after a stop was asked for, before their token is cancelled.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>The bounds of the retries after an exception.</summary>
    public ExponentialDelay FailureDelay { get; init; } = FailureBackoff.Default;
}
