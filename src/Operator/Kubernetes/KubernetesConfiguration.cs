using k8s;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Finds the API server as kubectl and client-go do.</summary>
public static class KubernetesConfiguration
{
    /// <summary>The given kubeconfig; else the pod's own; else <c>$KUBECONFIG</c> or <c>~/.kube/config</c>.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">There is no usable configuration.</exception>
    public static KubernetesClientConfiguration Load(string? kubeconfig)
    {
        if (kubeconfig is not null)
            return KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig);
        return KubernetesClientConfiguration.IsInCluster()
            ? KubernetesClientConfiguration.InClusterConfig()
            : KubernetesClientConfiguration.BuildConfigFromConfigFile();
    }
}
