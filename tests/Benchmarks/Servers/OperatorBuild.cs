using Benchmarks.Report;
using TestServers.Running;

namespace Benchmarks.Servers;

/// <summary>A build of the operator.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Command">What runs it.</param>
public sealed record OperatorBuild(string Name, IReadOnlyList<string> Command)
{
    /// <summary>Where <c>make publish</c> puts the binary that ships.</summary>
    public static string DefaultAotPath => Path.Combine(Repository.Root, "artifacts", "publish", "upload-session-operator");

    /// <summary>The binary that ships.</summary>
    public static OperatorBuild Aot(string path) => new(Subject.Aot, [path]);

    /// <summary>The build beside this program.</summary>
    public static OperatorBuild Jit { get; } = new(Subject.Jit, ["dotnet", Path.Combine(AppContext.BaseDirectory, "upload-session-operator.dll")]);
}
