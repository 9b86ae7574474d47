namespace UploadSessions;

/// <summary>Text of others, cut to a length that fits where it is shown.</summary>
public static class ShortText
{
    private const char Ellipsis = '…';

    /// <summary>The text, or its beginning and an ellipsis. Never ends in half a character: a reader would store something else than was written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">The most UTF-16 characters to keep, at least 2.</param>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + Ellipsis;
    }
}
