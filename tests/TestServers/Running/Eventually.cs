namespace TestServers.Running;

/// <summary>Waits on a condition of a server or process, which cannot be given a fake clock.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    public static Task HoldsAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null) =>
        GetAsync<object>(async () => await condition() ? condition : null, what, within);

    public static async Task<T> GetAsync<T>(Func<Task<T?>> probe, string what, TimeSpan? within = null)
        where T : class
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(120));
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, TestContext.Current.CancellationToken);
        while (true)
        {
            if (await probe() is { } found)
                return found;
            try
            {
                await Task.Delay(Pause, TimeProvider.System, either.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"did not happen in time: {what}");
            }
        }
    }
}
