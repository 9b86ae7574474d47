using System.Text;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Operator.Tests.Documentation;

/// <summary>A Markdown file of the repository, read as GitHub reads it.</summary>
internal sealed class Document
{
    private static readonly string[] Built = ["bin", "obj", "artifacts", ".git", "node_modules"];

    private static readonly MarkdownPipeline GitHub = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <param name="path">Relative to the repository.</param>
    public Document(string path)
    {
        Path = path;
        Content = Parse(File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));
    }

    public static IReadOnlyList<Document> All { get; } = [.. Find(new DirectoryInfo(Repository.Root)).Order(StringComparer.Ordinal).Select(path => new Document(path))];

    public string Path { get; }

    public MarkdownDocument Content { get; }

    /// <summary>The names that a link can have after its number sign.</summary>
    public IReadOnlySet<string> Anchors => Content.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "").ToHashSet(StringComparer.Ordinal);

    /// <summary>Where its links and images lead, as written.</summary>
    public IEnumerable<string> Links => Content.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>The lines of its shell blocks, in their order; a line that ends in a backslash goes on in the next.</summary>
    public IEnumerable<string> Commands => Content.Descendants<FencedCodeBlock>().Where(block => block.Info == "sh")
        .SelectMany(block => block.Lines.ToString().Replace("\\\n", " ", StringComparison.Ordinal).Split('\n'));

    public static MarkdownDocument Parse(string text) => Markdig.Markdown.Parse(text, GitHub);

    /// <summary>What a reader sees of a part.</summary>
    public static string TextOf(Block block)
    {
        var text = new StringBuilder();
        foreach (var inline in block.Descendants<Inline>())
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                HtmlInline { Tag: "<br>" } => "\n",
                HtmlInline { Tag: "<code>" or "</code>" } => "",
                HtmlInline other => other.Tag,
                _ => "",
            });
        }

        return text.ToString();
    }

    private static IEnumerable<string> Find(DirectoryInfo folder) => folder
        .GetFiles("*.md").Select(file => System.IO.Path.GetRelativePath(Repository.Root, file.FullName))
        .Concat(folder.GetDirectories().Where(inner => !Built.Contains(inner.Name)).SelectMany(Find));
}
