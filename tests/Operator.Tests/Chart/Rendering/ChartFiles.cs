namespace Operator.Tests.Chart.Rendering;

/// <summary>The chart's files, and those of its tests.</summary>
internal static class ChartFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "charts", "upload-session-operator");

    public static string Tests { get; } = Path.Combine(Repository.Root, "tests", "chart");

    public static string Alerts { get; } = Path.Combine(Folder, "files", "alerts.yaml");

    /// <summary>The combinations of values that a user might have, by name; the empty one is the defaults alone.</summary>
    public static IReadOnlyList<string> Combinations { get; } =
        ["", .. Directory.GetFiles(Path.Combine(Tests, "values"), "*.yaml").Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)];

    /// <summary>The values file of one of them.</summary>
    public static string ValuesOf(string combination) => Path.Combine(Tests, "values", combination + ".yaml");

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Folder, .. path]));
}
