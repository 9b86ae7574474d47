using System.Globalization;
using System.Text;

namespace HostileCorpus;

/// <summary>Characters that nobody sees, or that do something to who shows them.</summary>
public static class Invisible
{
    /// <summary>Their numbers in a text, such as U+001B.</summary>
    public static IReadOnlyList<string> In(string text) => [.. text.EnumerateRunes().Where(IsInvisible).Select(rune => $"U+{rune.Value:X4}")];

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;
}
