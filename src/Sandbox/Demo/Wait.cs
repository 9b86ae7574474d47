namespace Sandbox.Demo;

/// <summary>Waits on conditions.</summary>
internal sealed class Wait(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until there is an answer.</summary>
    /// <param name="what">What is awaited, for the error.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="ask">The answer, or null to be asked again.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoryException">There was none in time.</exception>
    public async Task<T> ForAsync<T>(string what, TimeSpan limit, Func<Task<T?>> ask, CancellationToken cancellationToken)
        where T : class
    {
        var end = time.GetUtcNow() + limit;
        while (time.GetUtcNow() < end)
        {
            if (await ask() is { } answer)
                return answer;
            await Task.Delay(Interval, time, cancellationToken);
        }

        throw new StoryException($"{what}: not within {limit.TotalSeconds:0} s");
    }

    /// <summary>Waits until an instant has passed.</summary>
    public async Task UntilAsync(DateTimeOffset instant, CancellationToken cancellationToken)
    {
        while (instant - time.GetUtcNow() is { } left && left > TimeSpan.Zero)
            await Task.Delay(left, time, cancellationToken);
    }
}

/// <summary>The story cannot go on.</summary>
public sealed class StoryException(string message) : Exception(message);
