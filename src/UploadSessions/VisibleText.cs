using System.Globalization;
using System.Text;

namespace UploadSessions;

/// <summary>Text of others as logs, terminals and shells may have it: on one line, with everything invisible escaped.</summary>
public static class VisibleText
{
    private const int MostQuoted = 64;

    /// <summary>The text; what is invisible in it as <c>\u</c> and its number.</summary>
    public static string Of(string text) => Escape(text, int.MaxValue);

    /// <summary>The text, cut after 64 characters.</summary>
    public static string Cut(string text) => Escape(text, MostQuoted);

    /// <summary>The same in quotes, as messages have values.</summary>
    public static string Quote(string text) => $"'{Cut(text)}'";

    private static string Escape(string text, int most)
    {
        var shown = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == most)
                return shown.Append('…').ToString();
            if (IsVisible(rune))
                shown.Append(rune.ToString());
            else
                shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return shown.ToString();
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned);
}
