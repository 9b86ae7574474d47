using System.Text.RegularExpressions;

namespace Operator.Tests.Chart.Rendering;

/// <summary>Finds the metrics in a PromQL expression: what is neither function, keyword, label, string nor range (Prometheus documentation, "Querying basics").</summary>
internal static partial class PromQl
{
    private static readonly string[] Keywords = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    public static IEnumerable<string> MetricsIn(string expression)
    {
        var bare = Labels().Replace(Strings().Replace(expression, ""), " ");
        return Names().Matches(bare).Select(name => name.Value).Except(Keywords);
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Strings();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?<![\w:$])[a-zA-Z_:][\w:]*(?![\w:]*\s*\()")]
    private static partial Regex Names();
}
