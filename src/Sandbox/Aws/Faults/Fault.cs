namespace Sandbox.Aws.Faults;

/// <summary>Something that goes wrong with a call.</summary>
public abstract record Fault
{
    private Fault()
    {
    }

    /// <summary>AWS STS and S3 say they are asked too often.</summary>
    public static Fault Throttling { get; } = new Answer(400, "Throttling", "Rate exceeded");

    /// <summary>The service has an internal failure.</summary>
    public static Fault InternalFailure { get; } = new Answer(500, "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.");

    /// <summary>The call is refused.</summary>
    public static Fault AccessDenied { get; } = new Answer(403, "AccessDenied", "Access Denied");

    /// <summary>Answer with this error instead.</summary>
    public sealed record Answer(int Status, string Code, string Message) : Fault;

    /// <summary>Answer as usual, but only after this long on the server's clock.</summary>
    public sealed record Delay(TimeSpan By) : Fault;

    /// <summary>Cut the connection without carrying the call out.</summary>
    public sealed record Drop : Fault;

    /// <summary>Carry the call out, then cut the connection: the client never learns the answer.</summary>
    public sealed record LoseAnswer : Fault;
}
