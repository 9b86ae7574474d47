namespace ControllerRuntime.Watching;

/// <summary>One change of a store.</summary>
/// <param name="Key">The object.</param>
/// <param name="Old">What the store held before; null: it is new.</param>
/// <param name="New">What it holds now; null: it is gone.</param>
public sealed record StoreChange<T>(ObjectKey Key, T? Old, T? New)
    where T : class;
