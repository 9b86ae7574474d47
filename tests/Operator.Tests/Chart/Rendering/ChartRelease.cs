namespace Operator.Tests.Chart.Rendering;

/// <summary>One installation of the chart.</summary>
/// <param name="Combination">The values file in tests/chart/values; empty: the defaults.</param>
public sealed record ChartRelease(string Combination = "")
{
    /// <summary>That of docs/install.</summary>
    public const string DefaultNamespace = "upload-sessions";

    /// <summary>More values, as YAML, over those of the file.</summary>
    public string? Values { get; init; }

    public string Name { get; init; } = "upload-session-operator";

    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>What the cluster serves beside what all do.</summary>
    public IReadOnlyList<string> ApiVersions { get; init; } = ["policy/v1", "uploadsession.io/v1alpha1"];

    /// <summary>The Go type that numbers of values have in templates: it depends on the release of Helm, and on --set.</summary>
    public string Numbers { get; init; } = "float64";

    public bool Notes { get; init; }
}
