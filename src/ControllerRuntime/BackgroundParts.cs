namespace ControllerRuntime;

/// <summary>Tasks that are meant to run until they are cancelled, so that the end of any one is an event.</summary>
internal sealed class BackgroundParts(IEnumerable<(string Name, Task Task)> parts)
{
    private readonly (string Name, Task Task)[] _parts = [.. parts];

    /// <summary>Waits for <paramref name="other"/>; throws as soon as a part ends first, with its exception where it has one.</summary>
    public async Task GuardAsync(Task other)
    {
        var ended = await Task.WhenAny([other, .. _parts.Select(static part => part.Task)]);
        if (other.IsCompleted) return;
        await ended;
        throw new InvalidOperationException($"{_parts.First(part => part.Task == ended).Name} ended without being asked to.");
    }

    /// <summary>Waits until every part has ended, in whatever way.</summary>
    public async Task EndAsync()
    {
        foreach (var part in _parts) await part.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Throws where a part has failed.</summary>
    public Task ThrowIfFailedAsync() => Task.WhenAll(_parts.Select(static part => part.Task));
}
