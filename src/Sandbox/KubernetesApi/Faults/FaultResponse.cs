namespace Sandbox.KubernetesApi;

/// <summary>What an intercepted request gets instead of, or before, its answer.</summary>
public sealed record FaultResponse
{
    private FaultResponse()
    {
    }

    /// <summary>The HTTP status to answer with; null: the ordinary answer.</summary>
    public int? StatusCode { get; private init; }

    /// <summary>The connection is cut without an answer.</summary>
    public bool CutsConnection { get; private init; }

    /// <summary>How long to wait, by the server's clock, before the request is handled.</summary>
    public TimeSpan Wait { get; private init; }

    /// <summary>The Retry-After header in seconds; 0: none.</summary>
    public int RetryAfterSeconds { get; private init; }

    /// <summary>The request takes effect first, and only its answer is lost.</summary>
    public bool TakesEffect { get; private init; }

    /// <summary>An error status such as 500 or 503.</summary>
    public static FaultResponse Error(int statusCode) => new() { StatusCode = statusCode };

    /// <summary>429 with Retry-After.</summary>
    public static FaultResponse TooManyRequests(int retryAfterSeconds = 1) => new() { StatusCode = 429, RetryAfterSeconds = retryAfterSeconds };

    /// <summary>The connection is cut without an answer.</summary>
    public static FaultResponse Cut() => new() { CutsConnection = true };

    /// <summary>The ordinary answer, later.</summary>
    public static FaultResponse Delay(TimeSpan wait) => new() { Wait = wait };

    /// <summary>The same fault, but after the request took effect: a lost answer.</summary>
    public FaultResponse AfterEffect() => this with { TakesEffect = true };
}
