using System.Globalization;

namespace Benchmarks.Measuring;

/// <summary>What Linux says of a process (proc(5)): CPU time to 10 ms, memory in whole pages.</summary>
public sealed class ProcessFigures(int id)
{
    private const double TicksPerSecond = 100;
    private const int FieldsBeforeState = 2;
    private const int UserTime = 13 - FieldsBeforeState;
    private const int SystemTime = 14 - FieldsBeforeState;

    /// <summary>CPU time since the process started, user and system, in seconds.</summary>
    public double CpuSeconds
    {
        get
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            // The name stands in parentheses and may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (Parse(fields[UserTime]) + Parse(fields[SystemTime])) / TicksPerSecond;
        }
    }

    /// <summary>The most memory that was ever resident, in bytes: code and data, as the kernel counts it against a container.</summary>
    public double PeakBytes => Memory("VmHWM:");

    /// <summary>The memory that is resident now, in bytes.</summary>
    public double ResidentBytes => Memory("VmRSS:");

    private double Memory(string name)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return Parse(line.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
