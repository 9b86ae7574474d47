namespace Sandbox.KubernetesApi.Http;

/// <summary>Leaves the process's signals alone: the server lives in somebody else's process.</summary>
internal sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
