namespace ControllerRuntime;

/// <summary>What a reconciler wants next for its key.</summary>
public readonly record struct ReconcileResult
{
    private ReconcileResult(DateTimeOffset? at, bool failed) => (At, Failed) = (at, failed);

    /// <summary>When to reconcile again without an event; null: only when something changes, or after a failure when the controller says.</summary>
    public DateTimeOffset? At { get; }

    /// <summary>True where the attempt failed: what comes is a retry, which ranks after all normal work.</summary>
    public bool Failed { get; }

    /// <summary>Success; wait for the next event. A time that was set before is dropped.</summary>
    public static ReconcileResult Done => default;

    /// <summary>Success; earlier failures are forgotten. Reconcile again at <paramref name="at"/>, or at once where that is past.</summary>
    public static ReconcileResult WakeAt(DateTimeOffset at) => new(at, failed: false);

    /// <summary>Failed, and the reconciler itself chose when to try again. The retry ranks after all normal work.</summary>
    public static ReconcileResult RetryAt(DateTimeOffset at) => new(at, failed: true);

    /// <summary>Failed as after an exception, with exponential backoff, but the reconciler has told of it itself: nothing is logged.</summary>
    public static ReconcileResult Retry => new(null, failed: true);
}
