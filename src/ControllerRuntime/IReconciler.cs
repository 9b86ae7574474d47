namespace ControllerRuntime;

/// <summary>Brings the world of one object in line with what it asks for. Level-triggered: called with a key, never with an event, and never twice at once for the same key.</summary>
public interface IReconciler
{
    /// <summary>Looks at the current state of <paramref name="key"/> and acts on it.</summary>
    /// <param name="key">The object; it may be gone by now.</param>
    /// <param name="cancellationToken">Cancelled when the time to drain is over, or when leadership was lost.</param>
    /// <returns>When to look again. An exception means: failed, retry with exponential backoff.</returns>
    Task<ReconcileResult> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}
