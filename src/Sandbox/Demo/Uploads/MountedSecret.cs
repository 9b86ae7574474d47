using System.Text.Json.Nodes;
using Sandbox.Demo.Cluster;

namespace Sandbox.Demo.Uploads;

/// <summary>Keeps a directory at what a Secret holds, as the kubelet does for a pod that mounts it (only sooner: the kubelet takes up to a minute or two).</summary>
internal sealed class MountedSecret(ClusterClient cluster, string secretName, string directory, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Fills the directory once.</summary>
    /// <returns>False if there is no such Secret.</returns>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (await cluster.FindSecretAsync(secretName, cancellationToken) is not { } secret)
            return false;
        foreach (var (key, _) in secret["data"]?.AsObject() ?? [])
            await WriteAsync(secret, key, cancellationToken);
        return true;
    }

    /// <summary>Keeps it filled until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await RefreshAsync(cancellationToken);
    }

    // A reader sees the old file or the new one, never a half of each.
    private async Task WriteAsync(JsonNode secret, string key, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, key);
        await File.WriteAllBytesAsync(path + ".new", SecretView.Value(secret, key), cancellationToken);
        File.Move(path + ".new", path, overwrite: true);
    }
}
