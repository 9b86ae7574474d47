using ControllerRuntime.Connection;

namespace ControllerRuntime.Watching;

/// <summary>What one line of a watch says (Kubernetes API Concepts, "Efficient detection of changes").</summary>
internal enum WatchEventType
{
    /// <summary>A type this version does not know.</summary>
    Unknown,
    Added,
    Modified,
    Deleted,

    /// <summary>Only the version moved on.</summary>
    Bookmark,

    /// <summary>The watch is over; the object is a Status.</summary>
    Error,
}

/// <summary>One parsed line of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Item">The object, where it could be parsed.</param>
/// <param name="Header">The object's header; read only where <paramref name="Item"/> is null.</param>
/// <param name="Failure">The refusal, of an ERROR.</param>
internal readonly record struct WatchEvent<T>(WatchEventType Type, T? Item, ObjectHeader Header, ApiException? Failure)
    where T : class;
