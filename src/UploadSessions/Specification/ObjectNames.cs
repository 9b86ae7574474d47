using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>Names as Kubernetes takes them ("Object Names and IDs").</summary>
public static partial class ObjectNames
{
    private const int MaxSubdomain = 253;
    private const int MaxLabel = 63;

    /// <summary>What is accepted where the text is not the name of a Secret, a ServiceAccount or an UploadSession; null: it may be one.</summary>
    public static string? SubdomainProblem(string text) => text.Length > MaxSubdomain || !Subdomain().IsMatch(text)
        ? $"accepted are up to {MaxSubdomain} lower-case letters, digits, dashes and dots, each part beginning and ending with a letter or digit"
        : null;

    /// <summary>What is accepted where the text is not the name of a namespace; null: it may be one.</summary>
    public static string? LabelProblem(string text) => text.Length > MaxLabel || !Label().IsMatch(text)
        ? $"accepted are up to {MaxLabel} lower-case letters, digits and dashes, beginning and ending with a letter or digit"
        : null;

    // RFC 1123 subdomain.
    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();

    // RFC 1123 label.
    [GeneratedRegex(@"\A[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Label();
}
