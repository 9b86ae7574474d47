namespace ControllerRuntime.Leadership;

/// <summary>Which lease is competed for, and how.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The namespace of the Lease.</summary>
    public required string Namespace { get; init; }

    /// <summary>The name of the Lease.</summary>
    public required string Name { get; init; }

    /// <summary>Who we are: the host and a unique id, so that two processes on one host differ, and a process from its predecessor.</summary>
    public string Identity { get; init; } = $"{Environment.MachineName}_{Guid.NewGuid()}";

    /// <summary>How long others leave a lease alone after its holder's last renewal. Whole seconds.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after its last renewal a leader that cannot renew ends; what is left of <see cref="LeaseDuration"/> then is its time to end.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a leader renews.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a follower looks at most; the least is half of it. Under a second, so that a released lease is taken over within one.</summary>
    public TimeSpan FollowerPeriod { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long, after the lease was lost, work that is being cancelled may take to end before the loss is reported.</summary>
    public TimeSpan AbortGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>These options with another lease duration, and the renew deadline, retry period and grace in the same proportion to it: 15 s go with 10, 2 and 2.</summary>
    public LeaderElectionOptions Lasting(TimeSpan leaseDuration) => this with
    {
        LeaseDuration = leaseDuration,
        RenewDeadline = leaseDuration * 2 / 3,
        RetryPeriod = leaseDuration * 2 / 15,
        AbortGrace = leaseDuration * 2 / 15,
    };

    /// <summary>Checks that the times fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (LeaseDuration <= RenewDeadline + AbortGrace) throw new ArgumentException("The lease duration must be longer than the renew deadline and the abort grace together.");
        if (RenewDeadline <= RetryPeriod) throw new ArgumentException("The renew deadline must be longer than the retry period.");
        if (FollowerPeriod <= TimeSpan.Zero || RetryPeriod <= TimeSpan.Zero) throw new ArgumentException("The periods must be positive.");
    }
}
