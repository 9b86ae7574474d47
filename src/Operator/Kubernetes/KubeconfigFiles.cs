using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>The files of <c>$KUBECONFIG</c> read as one (Kubernetes, "Organizing Cluster Access Using kubeconfig Files"). KubernetesClient's own way to do so refuses a missing file and takes the paths in every file to be relative to the first.</summary>
internal static class KubeconfigFiles
{
    /// <summary>The paths of a list such as <c>$PATH</c>.</summary>
    public static IReadOnlyList<string> Split(string? list) => (list ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of what several files say the first counts; a file that is missing says nothing.</summary>
    /// <exception cref="KubeConfigException">All are missing: what else there is would be another cluster.</exception>
    public static K8SConfiguration Merge(IReadOnlyList<string> paths)
    {
        K8SConfiguration[] files = [.. paths.Where(File.Exists).Select(Read)];
        if (files.Length == 0)
            throw new KubeConfigException(paths.Count == 1 ? "there is no such file" : "none of these files exists");
        return new()
        {
            CurrentContext = files.Select(file => file.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name)),
            Contexts = [.. files.SelectMany(file => file.Contexts ?? []).DistinctBy(context => context.Name)],
            Clusters = [.. files.SelectMany(file => file.Clusters ?? []).DistinctBy(cluster => cluster.Name)],
            Users = [.. files.SelectMany(file => file.Users ?? []).DistinctBy(user => user.Name)],
        };
    }

    private static K8SConfiguration Read(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

        // An empty file is none to the parser.
        var file = KubernetesClientConfiguration.LoadKubeConfig(path, useRelativePaths: false) ?? new();
        foreach (var cluster in (file.Clusters ?? []).Select(cluster => cluster.ClusterEndpoint).OfType<ClusterEndpoint>())
            cluster.CertificateAuthority = From(folder, cluster.CertificateAuthority);
        foreach (var user in (file.Users ?? []).Select(user => user.UserCredentials).OfType<UserCredentials>())
            (user.ClientCertificate, user.ClientKey) = (From(folder, user.ClientCertificate), From(folder, user.ClientKey));
        return file;
    }

    private static string? From(string folder, string? path) => string.IsNullOrEmpty(path) ? path : Path.Combine(folder, path);
}
