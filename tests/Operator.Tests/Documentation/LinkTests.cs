namespace Operator.Tests.Documentation;

/// <summary>What the documents link to is there.</summary>
public sealed class LinkTests
{
    private const string Index = "docs/README.md";

    [Fact]
    public void Every_link_within_the_repository_leads_somewhere() =>
        Document.All.SelectMany(document => document.Links.Select(link => (document.Path, Link: link, Problem: Problem(document, link))))
            .Where(link => link.Problem is not null)
            .Select(link => $"{link.Path}: {link.Link}: {link.Problem}")
            .ShouldBeEmpty();

    [Fact]
    public void Every_document_is_in_the_index()
    {
        var index = new Document(Index);
        var linked = index.Links.Select(link => Target(index, link.Split('#')[0])).ToList();
        Document.All.Select(document => document.Path).Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != Index).Except(linked).ShouldBeEmpty();
    }

    private static string? Problem(Document document, string link)
    {
        if (link.Contains("://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal))
            return null;
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0 ? document.Path : Target(document, parts[0]);
        var path = Path.Combine(Repository.Root, target);
        if (!File.Exists(path) && !Directory.Exists(path))
            return "there is no such file";
        if (parts.Length == 1)
            return null;
        return Document.All.FirstOrDefault(other => other.Path == target)?.Anchors.Contains(parts[1]) == true ? null : "there is no such heading";
    }

    private static string Target(Document document, string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document.Path)!, path)));
}
