using System.Globalization;

namespace Sandbox.KubernetesApi.Tables;

/// <summary>Ages as kubectl shows them (apimachinery's HumanDuration): coarser the older.</summary>
internal static class HumanDuration
{
    /// <summary>The age of a time, <c>&lt;unknown&gt;</c> for none, <c>&lt;invalid&gt;</c> for one in the future.</summary>
    public static string Since(string? time, DateTimeOffset now) =>
        DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, out var then) ? Of(now - then) : "<unknown>";

    public static string Of(TimeSpan age) => age switch
    {
        { TotalSeconds: < -1 } => "<invalid>",
        { TotalSeconds: < 0 } => "0s",
        { TotalSeconds: < 120 } => $"{(int)age.TotalSeconds}s",
        { TotalMinutes: < 10 } => Two((int)age.TotalMinutes, "m", age.Seconds, "s"),
        { TotalMinutes: < 180 } => $"{(int)age.TotalMinutes}m",
        { TotalHours: < 8 } => Two((int)age.TotalHours, "h", age.Minutes, "m"),
        { TotalHours: < 48 } => $"{(int)age.TotalHours}h",
        { TotalHours: < 192 } => Two((int)age.TotalDays, "d", age.Hours, "h"),
        { TotalDays: < 730 } => $"{(int)age.TotalDays}d",
        { TotalDays: < 2920 } => Two((int)(age.TotalDays / 365), "y", (int)age.TotalDays % 365, "d"),
        _ => $"{(int)(age.TotalDays / 365)}y",
    };

    private static string Two(int big, string bigUnit, int small, string smallUnit) => small == 0 ? $"{big}{bigUnit}" : $"{big}{bigUnit}{small}{smallUnit}";
}
