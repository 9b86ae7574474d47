namespace UploadSessions.Policy;

/// <summary>Matches texts with patterns of UTF-16 units and wildcards.</summary>
internal static class Wildcards
{
    /// <summary>Any characters, or none. Beyond the range of UTF-16 units, so that no text can stand for a wildcard.</summary>
    public const int AnyRun = -1;

    /// <summary>Any one character.</summary>
    public const int AnyOne = -2;

    /// <summary>Whether the whole text fits. Returns to the last run only: never more steps than the product of both lengths.</summary>
    public static bool Fit(IReadOnlyList<int> pattern, string text)
    {
        int p = 0, t = 0, star = -1, resume = 0;
        while (t < text.Length)
        {
            if (p < pattern.Count && pattern[p] == AnyRun)
            {
                star = p++;
                resume = t;
            }
            else if (p < pattern.Count && (pattern[p] == AnyOne || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Count && pattern[p] == AnyRun)
            p++;
        return p == pattern.Count;
    }
}
