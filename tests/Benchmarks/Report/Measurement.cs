using Benchmarks.Measuring;

namespace Benchmarks.Report;

/// <summary>What was measured: by whom, where, and how much.</summary>
/// <param name="Act">What was going on, such as <c>cold start</c>.</param>
/// <param name="Server">The API server.</param>
/// <param name="Build">The operator's build, or <c>raw</c>.</param>
/// <param name="Sessions">How many sessions there are.</param>
public sealed record Subject(string Act, string Server, string Build, int Sessions)
{
    /// <summary>The binary that ships.</summary>
    public const string Aot = "aot";

    /// <summary>The build of the tests.</summary>
    public const string Jit = "jit";

    /// <summary>No operator.</summary>
    public const string Raw = "raw";
}

/// <summary>One measurement of a subject.</summary>
/// <param name="Subject">Of what.</param>
/// <param name="Figures">What was measured, by key.</param>
/// <param name="Requests">What the API server answered meanwhile.</param>
/// <param name="Course">Issuances over time: seconds since the beginning, and how many had come by then.</param>
public sealed record Measurement(Subject Subject, IReadOnlyDictionary<string, double> Figures, RequestCounts Requests, IReadOnlyList<CoursePoint> Course)
{
    /// <summary>The same with a figure that was worked out.</summary>
    public Measurement With(Figure figure, double value) => this with { Figures = new Dictionary<string, double>(Figures) { [figure.Key] = value } };
}

/// <summary>A point of the course.</summary>
/// <param name="Seconds">Since the beginning.</param>
/// <param name="Issued">How many issuances had come by then.</param>
public sealed record CoursePoint(double Seconds, int Issued);
