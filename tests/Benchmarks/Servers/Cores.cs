using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Servers;

/// <summary>Sets the last core aside for the operator, or for the client in its place: the benchmark, and every server that it starts from then on, have the others.</summary>
public static class Cores
{
    /// <summary>What stands before a command that shall run on the last core.</summary>
    public static IReadOnlyList<string> Last { get; } = ["taskset", "--cpu-list", Text(Environment.ProcessorCount - 1)];

    /// <summary>Moves this process off the last core.</summary>
    /// <exception cref="BenchException">There is one core only, or no taskset.</exception>
    public static async Task SetLastAsideAsync(CancellationToken cancellationToken)
    {
        if (Environment.ProcessorCount < 2)
            throw new BenchException("--apart needs two cores");
        try
        {
            using var moving = Process.Start(new ProcessStartInfo("taskset", ["--all-tasks", "--cpu-list", "--pid", $"0-{Text(Environment.ProcessorCount - 2)}", Text(Environment.ProcessId)]) { RedirectStandardOutput = true })!;
            await moving.WaitForExitAsync(cancellationToken);
            if (moving.ExitCode != 0)
                throw new BenchException("--apart cannot be had: taskset was refused");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BenchException("--apart needs taskset, of util-linux");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
