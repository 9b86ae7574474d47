namespace Operator.Tests.Chart.Rendering;

/// <summary>Helm itself, of two releases, where <c>make helm</c> has fetched it.</summary>
internal static class Helm
{
    /// <summary>The releases.</summary>
    public static IReadOnlyList<string> Releases { get; } = ["helm3", "helm4"];

    /// <summary>Skips the test where a release is not there; fails it where CI=true.</summary>
    public static void Require(string helm) => Tools.Require(File.Exists(Program(helm)), "chart: Helm is not there, run `make helm`");

    /// <summary>What Helm prints of a command about the chart.</summary>
    /// <param name="helm">One of <see cref="Releases"/>.</param>
    /// <param name="command">The command and its own arguments.</param>
    /// <param name="release">What is installed.</param>
    /// <exception cref="InvalidOperationException">Helm failed; the message has why.</exception>
    public static Task<string> RunAsync(string helm, IEnumerable<string> command, ChartRelease release)
    {
        Require(helm);
        List<string> arguments = [.. command, ChartFiles.Folder, "--namespace", release.Namespace];
        if (release.Combination.Length > 0)
            arguments.AddRange(["--values", ChartFiles.ValuesOf(release.Combination)]);
        return ShortCommand.RunAsync(Program(helm), arguments, TestContext.Current.CancellationToken);
    }

    private static string Program(string helm) => Path.Combine(UserCache.Folder("helm"), helm);
}
