using System.Text.RegularExpressions;

namespace Operator.Tests.Chart.Rendering;

/// <summary>One value of values.yaml.</summary>
/// <param name="Path">Such as <c>image.tag</c>.</param>
/// <param name="Default">As it is written there.</param>
/// <param name="Comment">What stands above it; empty where nothing does.</param>
internal sealed partial record ChartValue(string Path, string Default, string Comment)
{
    /// <summary>Reads values.yaml line by line: its comments are what matters, and a YAML parser drops them.</summary>
    public static IReadOnlyList<ChartValue> All { get; } = [.. Read(ChartFiles.Read("values.yaml").Split('\n'))];

    /// <summary>Its row in the README's table.</summary>
    public string Row => $"| `{Path}` | {Comment} | `{Default}` |";

    private static IEnumerable<ChartValue> Read(string[] lines)
    {
        var parents = new Stack<(int Indent, string Path)>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || CommentLine().IsMatch(lines[i]))
                continue;
            var line = Line().Match(lines[i]);
            line.Success.ShouldBeTrue($"values.yaml, line {i + 1}: '{lines[i]}' is neither a key nor a comment");
            var indent = line.Groups["indent"].Length;
            while (parents.TryPeek(out var parent) && parent.Indent >= indent)
                parents.Pop();
            var path = parents.TryPeek(out var above) ? $"{above.Path}.{line.Groups["key"].Value}" : line.Groups["key"].Value;
            if (line.Groups["value"].Length == 0)
                parents.Push((indent, path));
            else
                yield return new(path, line.Groups["value"].Value, Above(lines, i, indent));
        }
    }

    private static string Above(string[] lines, int index, int indent)
    {
        var mark = new string(' ', indent) + "# ";
        var comment = index > 0 ? lines[index - 1] : "";
        return comment.StartsWith(mark, StringComparison.Ordinal) ? comment[mark.Length..] : "";
    }

    [GeneratedRegex(@"^(?<indent> *)(?<key>[A-Za-z0-9]+):(?: (?<value>.+))?$")]
    private static partial Regex Line();

    [GeneratedRegex("^ *# ")]
    private static partial Regex CommentLine();
}
