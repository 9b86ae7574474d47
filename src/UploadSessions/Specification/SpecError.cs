namespace UploadSessions.Specification;

/// <summary>One thing wrong with a spec: the field, the value found, and what would be accepted.</summary>
/// <param name="Field">The path, such as <c>spec.prefix</c>.</param>
/// <param name="Message">A sentence that names the value and what would be accepted. Never holds a secret.</param>
public sealed record SpecError(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Message}";
}
