namespace Sandbox.KubernetesApi.Http;

/// <summary>The parts of a resource's URL (Kubernetes documentation, "Kubernetes API Concepts").</summary>
internal sealed record ApiPath(string Group, string Version, string Namespace, string Resource, string Name, string Subresource)
{
    /// <summary>The parts of a path below a group version, or null for any other path.</summary>
    public static ApiPath? Parse(string path)
    {
        string[] parts = [.. path.Trim('/').Split('/').Select(Uri.UnescapeDataString)];
        return parts switch
        {
            ["api", var version, .. { Length: > 0 } rest] => Below("", version, rest),
            ["apis", var group, var version, .. { Length: > 0 } rest] => Below(group, version, rest),
            _ => null,
        };
    }

    /// <summary>Below /namespaces/NAME lie the namespace's own subresources and the resources inside of it.</summary>
    private static ApiPath? Below(string group, string version, string[] parts) => parts switch
    {
        ["namespaces", var ns, var sub and ("status" or "finalize")] when group.Length == 0 => new(group, version, "", "namespaces", ns, sub),
        ["namespaces", var ns, var resource, .. { Length: <= 2 } rest] => new(group, version, ns, resource, At(rest, 0), At(rest, 1)),
        [var resource, .. { Length: <= 2 } rest] => new(group, version, "", resource, At(rest, 0), At(rest, 1)),
        _ => null,
    };

    private static string At(string[] parts, int index) => index < parts.Length ? parts[index] : "";
}
