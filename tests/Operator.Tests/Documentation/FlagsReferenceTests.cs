using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using UploadSessions.Operator.Options;

namespace Operator.Tests.Documentation;

/// <summary>docs/reference/flags.md tells of every flag of <c>run</c>.</summary>
public sealed class FlagsReferenceTests
{
    [Fact]
    public void Every_flag_has_a_row_and_no_other()
    {
        var rows = new Document("docs/reference/flags.md").Content.Descendants<TableRow>()
            .SelectMany(row => row.OfType<TableCell>().First().Descendants<CodeInline>().Select(code => code.Content))
            .Where(code => code.StartsWith("--", StringComparison.Ordinal));
        rows.Order().ShouldBe(OperatorFlags.All.Select(flag => flag.Name).Order());
    }
}
