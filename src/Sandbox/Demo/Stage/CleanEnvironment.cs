namespace Sandbox.Demo.Stage;

/// <summary>The environment of the processes that are started: nothing of the machine's own AWS or Kubernetes configuration reaches them.</summary>
internal static class CleanEnvironment
{
    private static readonly string[] ForeignPrefixes = ["AWS_", "UPLOAD_SESSION", "OTEL_", "ASPNETCORE_", "KUBERNETES_"];
    private static readonly string[] Foreign = ["KUBECONFIG", "POD_NAMESPACE", "DOTNET_ENVIRONMENT", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

    /// <summary>Removes what is foreign, and points the home at the scratch directory.</summary>
    public static void Apply(IDictionary<string, string?> environment, string home)
    {
        foreach (var name in environment.Keys.Where(IsForeign).ToArray())
            environment.Remove(name);
        environment["HOME"] = home;
        environment["USERPROFILE"] = home;
        environment["AWS_EC2_METADATA_DISABLED"] = "true";
    }

    /// <summary>Does the same to this process, whose AWS clients would read it too.</summary>
    public static void ApplyToThisProcess(string home)
    {
        var before = Environment.GetEnvironmentVariables().Keys.Cast<string>().ToDictionary(name => name, Environment.GetEnvironmentVariable);
        var after = new Dictionary<string, string?>(before);
        Apply(after, home);
        foreach (var name in before.Keys.Union(after.Keys))
            Environment.SetEnvironmentVariable(name, after.GetValueOrDefault(name));
    }

    private static bool IsForeign(string name) =>
        ForeignPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || Foreign.Contains(name, StringComparer.OrdinalIgnoreCase);
}
