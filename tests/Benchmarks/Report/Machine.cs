using System.Globalization;
using System.Runtime.InteropServices;

namespace Benchmarks.Report;

/// <summary>What was measured on, and how busy it was otherwise: timed figures mean nothing without.</summary>
/// <param name="Began">When.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="Memory">Its memory, in bytes.</param>
/// <param name="System">Its operating system.</param>
/// <param name="LoadBefore">The load average of the last minute before the first run.</param>
/// <param name="LoadAfter">That of the last 15 minutes after the last run, the benchmark's own included.</param>
public sealed record Machine(DateTimeOffset Began, int Cores, long Memory, string System, double LoadBefore, double LoadAfter)
{
    /// <summary>Looks at the machine before the first run.</summary>
    public static Machine Look(TimeProvider time) =>
        new(time.GetUtcNow(), Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, RuntimeInformation.OSDescription, Load(0), 0);

    /// <summary>Looks again after the last one.</summary>
    public Machine LookAgain() => this with { LoadAfter = Load(2) };

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Began:yyyy-MM-dd HH:mm} UTC, {Cores} cores, {Memory / 1e9:0} GB, load {LoadBefore:0.0} before and {LoadAfter:0.0} over the last 15 minutes");

    private static double Load(int column) => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[column], CultureInfo.InvariantCulture);
}
