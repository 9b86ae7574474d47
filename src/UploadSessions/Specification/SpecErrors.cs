using System.Globalization;

namespace UploadSessions.Specification;

/// <summary>Gathers what is wrong with a spec, so that a person can mend all of it at once.</summary>
internal sealed class SpecErrors
{
    private readonly List<SpecError> _errors = [];

    /// <summary>Whether there are any.</summary>
    public bool Any => _errors.Count > 0;

    /// <summary>All of them, in the order of the fields.</summary>
    public IReadOnlyList<SpecError> All => _errors;

    /// <summary>Adds an error about a value that was found.</summary>
    /// <param name="field">Such as <c>spec.prefix</c>.</param>
    /// <param name="found">The value; shown shortened, on one line.</param>
    /// <param name="problem">What is wrong with it and what would be accepted.</param>
    public void Add(string field, string found, string problem) => _errors.Add(new SpecError(field, $"{VisibleText.Quote(found)} {problem}"));

    /// <summary>Adds an error about a field whatever its value.</summary>
    /// <param name="field">Such as <c>spec.sessionTags</c>.</param>
    /// <param name="problem">What is wrong with it and what would be accepted.</param>
    public void Add(string field, string problem) => _errors.Add(new SpecError(field, problem));

    /// <summary>Adds an error about a value that is missing.</summary>
    public void AddMissing(string field, string accepted) => _errors.Add(new SpecError(field, $"is required: {accepted}"));

    /// <summary>Adds an error about how many entries there are.</summary>
    public void AddCount(string field, int found, string accepted) =>
        _errors.Add(new SpecError(field, string.Create(CultureInfo.InvariantCulture, $"has {found} entries; accepted are {accepted}")));

    /// <summary>The field of an entry of a list.</summary>
    public static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    /// <summary>The field of an entry of a map: keys may hold what must not be shown, too.</summary>
    public static string At(string field, string key) => $"{field}.{VisibleText.Cut(key)}";
}
