using System.Globalization;
using System.Text;

namespace UploadSessions.Policy;

/// <summary>Writes minified policy JSON in the characters that STS takes: <c>[\u0009\u000A\u000D\u0020-\u00FF]</c> (AWS STS API Reference, "AssumeRole"). Nothing is escaped that need not be, since every character counts towards the limit, but a no-break space and a soft hyphen, which a reader would not see.</summary>
internal static class PolicyWriter
{
    public static string Write(IReadOnlyList<RenderedStatement> statements)
    {
        var json = new StringBuilder("""{"Version":"2012-10-17","Statement":[""");
        for (var i = 0; i < statements.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            WriteStatement(json, statements[i]);
        }

        return json.Append("]}").ToString();
    }

    private static void WriteStatement(StringBuilder json, RenderedStatement statement)
    {
        json.Append("{\"Effect\":");
        WriteText(json, statement.Effect);
        json.Append(",\"Action\":");
        WriteTexts(json, statement.Actions);
        json.Append(",\"Resource\":");
        WriteText(json, statement.Resource);
        if (statement.Conditions.Count > 0)
            WriteConditions(json, statement.Conditions);
        json.Append('}');
    }

    /// <summary>An operator may stand once only, and no statement of ours has one with two keys.</summary>
    private static void WriteConditions(StringBuilder json, IReadOnlyList<RenderedCondition> conditions)
    {
        json.Append(",\"Condition\":");
        var separator = '{';
        foreach (var condition in conditions)
        {
            json.Append(separator);
            WriteText(json, condition.Operator);
            json.Append(":{");
            WriteText(json, condition.Key);
            json.Append(':');
            WriteTexts(json, condition.Values);
            json.Append('}');
            separator = ',';
        }

        json.Append('}');
    }

    private static void WriteTexts(StringBuilder json, IReadOnlyList<string> texts)
    {
        if (texts.Count == 1)
        {
            WriteText(json, texts[0]);
            return;
        }

        json.Append('[');
        for (var i = 0; i < texts.Count; i++)
        {
            if (i > 0)
                json.Append(',');
            WriteText(json, texts[i]);
        }

        json.Append(']');
    }

    private static void WriteText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                json.Append('\\').Append(c);
            else if (c is < ' ' or '\u00A0' or '\u00AD' or > '\u00FF')
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                json.Append(c);
        }

        json.Append('"');
    }
}
