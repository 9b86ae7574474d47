namespace ControllerRuntime.Watching;

/// <summary>How a reflector lists and watches; the defaults are client-go's.</summary>
public sealed record ReflectorOptions
{
    /// <summary>How many objects a page of a list has at most.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Whether the others may go on without it while the server refuses it its first list (403). It goes on asking.</summary>
    public bool MayBeRefused { get; init; }

    /// <summary>A watch is asked to end after this long at the earliest, and twice this at the latest: random, so that watches do not all come back at once.</summary>
    public TimeSpan ShortestWatch { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after the asked end a watch that the server did not end is cut.</summary>
    public TimeSpan WatchGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one page of a list may take.</summary>
    public TimeSpan PageTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A watch that ends sooner than this, without an event, counts as a failure.</summary>
    public TimeSpan ShortestHealthyWatch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The bounds of the delay after failures in a row, of which the upper half is jitter: 0.8..1.6 s at first, 15..30 s in the end.</summary>
    public ExponentialDelay FailureDelay { get; init; } = new(TimeSpan.FromSeconds(1.6), TimeSpan.FromSeconds(30));
}
