namespace ControllerRuntime.Watching;

/// <summary>One page of a list.</summary>
/// <param name="ResourceVersion">The version the whole list is of.</param>
/// <param name="Continue">Asks for the next page; empty on the last.</param>
/// <param name="Items">The objects that could be parsed.</param>
/// <param name="Unreadable">The keys of those that could not.</param>
internal sealed record ListPage<T>(string ResourceVersion, string Continue, IReadOnlyList<T> Items, IReadOnlyList<ObjectKey> Unreadable)
    where T : class;
