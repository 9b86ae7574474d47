namespace Operator.Tests.Chart.Rendering;

/// <summary>Helm itself, of two releases, where <c>make helm</c> has fetched it.</summary>
internal static class Helm
{
    /// <summary>The releases.</summary>
    public static IReadOnlyList<string> Releases { get; } = ["helm3", "helm4"];

    /// <summary>What Helm prints of a command about the chart.</summary>
    /// <param name="helm">One of <see cref="Releases"/>.</param>
    /// <param name="command">The command and its own arguments.</param>
    /// <param name="release">What is installed.</param>
    /// <exception cref="InvalidOperationException">Helm failed; the message has why.</exception>
    public static Task<string> RunAsync(string helm, IEnumerable<string> command, ChartRelease release)
    {
        var program = Path.Combine(UserCache.Folder("helm"), helm);
        Tools.Require(File.Exists(program), "chart: Helm is not there, run `make helm`");
        List<string> arguments = [.. command, ChartFiles.Folder, "--namespace", release.Namespace];
        if (release.Combination.Length > 0)
            arguments.AddRange(["--values", ChartFiles.ValuesOf(release.Combination)]);
        return ShortCommand.RunAsync(program, arguments, TestContext.Current.CancellationToken);
    }
}
