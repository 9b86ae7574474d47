using System.Text.RegularExpressions;

namespace ApiReference;

/// <summary>Text as it must be written in a cell of a table, for GitHub and other readers of Markdown alike.</summary>
public static partial class Markdown
{
    /// <summary>Plain text: shown as it is, whatever it holds.</summary>
    public static string Escape(string text) => Special().Replace(text, special => special.Value switch
    {
        // The end of a cell, whatever stands before it.
        "|" => "&#124;",
        "\n" => " ",
        _ => "\\" + special.Value,
    });

    /// <summary>A code span. Readers disagree about an escaped pipe in one: where there is a pipe, it is written in HTML.</summary>
    public static string Code(string text) => text.AsSpan().ContainsAny('|', '`') ? $"<code>{Escape(text)}</code>" : $"`{text}`";

    [GeneratedRegex(@"[\\`*_\[\]<>&$~|\n]")]
    private static partial Regex Special();
}
