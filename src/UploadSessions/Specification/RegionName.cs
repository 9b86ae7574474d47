using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>The form of a region's name. Which regions there are changes; whether one exists is for its STS to say.</summary>
public static partial class RegionName
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "up to 63 lower-case letters, digits and single dashes, such as eu-central-1";

    // In AWS a part of host names (RFC 1035, "Size limits").
    private const int MaxLength = 63;

    /// <summary>Whether a text can be a region's name.</summary>
    public static bool IsOne(string text) => text.Length <= MaxLength && Form().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
