using System.Globalization;

namespace UploadSessions.Specification;

/// <summary>Durations as Kubernetes users write them: <c>1h</c>, <c>90m</c>, <c>1h30m</c>.</summary>
public static class DurationText
{
    /// <summary>The form, for messages.</summary>
    public const string Accepted = "numbers with the units h, m and s, such as 1h30m";

    /// <summary>Longer ones are refused: nothing here lasts a century.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromDays(36500);

    /// <summary>Reads <c>^([0-9]+(h|m|s))+$</c> up to <see cref="Max"/>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        var total = 0L;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
                continue;
            if (!TryReadPart(text[start..i], text[i], out var seconds))
                return false;
            total += seconds;
            start = i + 1;
            if (total > (long)Max.TotalSeconds)
                return false;
        }

        duration = TimeSpan.FromSeconds(total);
        return text.Length > 0 && start == text.Length;
    }

    /// <summary>As people write it, in whole seconds: <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var parts = new[] { (seconds / 3600, 'h'), (seconds / 60 % 60, 'm'), (seconds % 60, 's') };
        var text = string.Concat(parts.Where(part => part.Item1 != 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Item1}{part.Item2}")));
        return text.Length == 0 ? "0s" : text;
    }

    private static bool TryReadPart(string digits, char unit, out long seconds)
    {
        seconds = 0;
        var factor = unit switch { 'h' => 3600, 'm' => 60, 's' => 1, _ => 0 };
        if (factor == 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > (long)Max.TotalSeconds)
            return false;
        seconds = number * factor;
        return true;
    }
}
