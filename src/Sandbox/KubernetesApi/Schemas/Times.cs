using System.Globalization;
using System.Text.RegularExpressions;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>Times as text.</summary>
internal static partial class Times
{
    /// <summary>RFC 3339 section 5.6, with a real date.</summary>
    public static bool IsRfc3339(string text) =>
        Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _);

    /// <summary>RFC 3339 with exactly six fractional digits: all that the real server takes for a MicroTime.</summary>
    public static bool IsRfc3339Micro(string text) => IsRfc3339(text) && Micro().IsMatch(text);

    [GeneratedRegex(@"\.\d{6}([Zz]|[+-])")]
    private static partial Regex Micro();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Form();
}
