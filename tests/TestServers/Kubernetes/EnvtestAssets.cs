using TestServers.Running;

namespace TestServers.Kubernetes;

/// <summary>Where the programs of a real API server are: the folder that KUBEBUILDER_ASSETS names (the convention of controller-runtime's envtest), else what <c>make envtest</c> built.</summary>
public sealed class EnvtestAssets
{
    private static readonly string[] Needed = ["etcd", "kube-apiserver"];

    private readonly string _folder;

    public EnvtestAssets()
    {
        var named = Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } folder ? folder : null;
        _folder = named ?? UserCache.Folder("envtest");
        if (Array.Find(Needed, program => !File.Exists(Program(program))) is { } absent)
            Missing = named is null ? "run `make envtest`, or set KUBEBUILDER_ASSETS" : $"KUBEBUILDER_ASSETS is {named}, which holds no {absent}";
    }

    /// <summary>Why there is no API server; null where there is one.</summary>
    public string? Missing { get; }

    /// <summary>Whether the controller manager is there too, which envtest does not have: it collects what has lost its owner.</summary>
    public bool HasControllerManager => File.Exists(Program("kube-controller-manager"));

    public string Program(string name) => Path.Combine(_folder, name);
}
