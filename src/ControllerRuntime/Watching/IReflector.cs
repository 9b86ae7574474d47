namespace ControllerRuntime.Watching;

/// <summary>Keeps a store in step with a collection of the API server.</summary>
public interface IReflector
{
    /// <summary>What is reflected, for logs.</summary>
    string Name { get; }

    /// <summary>True once the first complete list is in the store; it stays true.</summary>
    bool HasSynced { get; }

    /// <summary>
    /// True once nobody needs to wait for it any more: it has synced, or the server refuses it its list and the others may go on
    /// without (<see cref="ReflectorOptions.MayBeRefused"/>). It stays true.
    /// </summary>
    bool IsSettled { get; }

    /// <summary>
    /// How long nothing has come from the server: no page of a list, no opened watch, no event, no bookmark. From the reflector's creation where nothing
    /// came yet. kube-apiserver sends a bookmark about every minute (Kubernetes API Concepts, "Watch bookmarks"), but 1.20 none on a watch without events:
    /// there it grows until the watch is opened anew, within 10 minutes.
    /// </summary>
    TimeSpan Silence { get; }

    /// <summary>Lists and watches until cancelled; it never gives up. An exception is a defect, such as a subscriber that throws.</summary>
    Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Completes once <see cref="HasSynced"/> is true.</summary>
    Task WaitForSyncAsync(CancellationToken cancellationToken);

    /// <summary>Completes once <see cref="IsSettled"/> is true.</summary>
    Task WaitUntilSettledAsync(CancellationToken cancellationToken);
}
