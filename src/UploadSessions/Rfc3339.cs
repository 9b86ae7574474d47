using System.Globalization;
using System.Text.RegularExpressions;

namespace UploadSessions;

/// <summary>Times as text (RFC 3339), as Kubernetes and IAM write them.</summary>
public static partial class Rfc3339
{
    /// <summary>In UTC and whole seconds: <c>2026-12-01T00:00:00Z</c>. Fractions are cut off.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time without its fraction of a second, in UTC: what <see cref="Format"/> keeps.</summary>
    public static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());

    /// <summary>Reads a time with any offset and any number of fractional digits; the result is in UTC. A leap second is not accepted.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null
            && Form().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
