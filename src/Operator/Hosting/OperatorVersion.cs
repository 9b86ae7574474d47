using System.Reflection;

namespace UploadSessions.Operator.Hosting;

/// <summary>The version of this build.</summary>
public static class OperatorVersion
{
    /// <summary>Semantic version, with the source revision where the build knew it.</summary>
    public static string Current { get; } =
        typeof(OperatorVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
