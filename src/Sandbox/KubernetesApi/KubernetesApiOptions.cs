namespace Sandbox.KubernetesApi;

/// <summary>How the embedded Kubernetes API starts.</summary>
public sealed record KubernetesApiOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS with a certificate for localhost and 127.0.0.1, signed by a CA made at start; false: plain HTTP.</summary>
    public bool Tls { get; init; } = true;

    /// <summary>The clock of timestamps, token lifetimes, bookmarks and watch timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>YAML texts of the CustomResourceDefinitions installed at start.</summary>
    public IReadOnlyList<string> CustomResourceDefinitions { get; init; } = [];

    /// <summary>How often a watch that allows bookmarks gets one.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Changes kept for each resource; a watch from before them is answered with 410 Gone.</summary>
    public int WatchHistory { get; init; } = 10_000;
}
