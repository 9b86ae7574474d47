namespace UploadSessions.Specification;

/// <summary>Either the terms, or everything that is wrong with the spec.</summary>
public sealed record SpecResult
{
    /// <summary>The checked terms; null if there are errors.</summary>
    public SessionTerms? Terms { get; init; }

    /// <summary>All errors found, in the order of the fields; empty if the spec is valid.</summary>
    public IReadOnlyList<SpecError> Errors { get; init; } = [];
}
