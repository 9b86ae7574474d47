namespace ControllerRuntime;

/// <summary>The upper bound of a delay that doubles with each failure in a row.</summary>
/// <param name="First">The bound after the first failure; more than zero.</param>
/// <param name="Longest">The bound that is never exceeded.</param>
public readonly record struct ExponentialDelay(TimeSpan First, TimeSpan Longest)
{
    /// <summary>The bound after <paramref name="failures"/> failures in a row (1 or more).</summary>
    public TimeSpan After(int failures)
    {
        var factor = Math.Pow(2, Math.Max(failures - 1, 0));
        return factor >= Longest / First ? Longest : First * factor;
    }
}
