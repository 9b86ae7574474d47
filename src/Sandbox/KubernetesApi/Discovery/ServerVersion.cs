using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Discovery;

/// <summary>/version: the Kubernetes version whose behaviour is imitated.</summary>
internal static class ServerVersion
{
    public const string GitVersion = "v1.32.0+sandbox";

    public static JsonObject Document() => new()
    {
        ["major"] = "1",
        ["minor"] = "32",
        ["gitVersion"] = GitVersion,
        ["gitCommit"] = "",
        ["gitTreeState"] = "clean",
        ["buildDate"] = "2025-01-01T00:00:00Z",
        ["goVersion"] = "",
        ["compiler"] = "dotnet",
        ["platform"] = "sandbox",
    };
}
