using k8s;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Finds the API server as kubectl and client-go do.</summary>
public static class KubernetesConfiguration
{
    /// <summary>The given kubeconfig; else those of <c>$KUBECONFIG</c>; else the pod's own; else <c>~/.kube/config</c>.</summary>
    /// <param name="kubeconfig">The path of one; null: none is given.</param>
    /// <param name="variable">What <c>$KUBECONFIG</c> holds.</param>
    public static ClusterSource Choose(string? kubeconfig, string? variable)
    {
        if (kubeconfig is not null)
            return new($"is '{kubeconfig}'", () => KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig));
        if (KubeconfigFiles.Split(variable) is { Count: > 0 } files)
            return new($"is not set, and $KUBECONFIG is '{variable}'", () => KubernetesClientConfiguration.BuildConfigFromConfigObject(KubeconfigFiles.Merge(files)));
        return KubernetesClientConfiguration.IsInCluster()
            ? new("is not set, and the pod's own configuration is taken", KubernetesClientConfiguration.InClusterConfig)
            : new("is not set, and ~/.kube/config is taken", () => KubernetesClientConfiguration.BuildConfigFromConfigFile());
    }
}

/// <summary>Where the API server is found.</summary>
/// <param name="Reason">Why there, as the end of a sentence about <c>--kubeconfig</c>.</param>
/// <param name="Load">Reads it. What cannot be used is an exception; each way of being wrong has its own.</param>
public sealed record ClusterSource(string Reason, Func<KubernetesClientConfiguration> Load);
