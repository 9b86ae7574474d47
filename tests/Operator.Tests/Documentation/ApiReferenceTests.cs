using ApiReference;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Sandbox.KubernetesApi.Json;

namespace Operator.Tests.Documentation;

/// <summary>docs/reference/api.md is made of the CRDs, and shows them as they are.</summary>
public sealed class ApiReferenceTests
{
    private const string Target = "docs/reference/api.md";

    /// <summary>What Markdown would take for its own.</summary>
    private const string Special = @"a|b *c* _d_ `e` <f> [g](h) \i &amp; $j$ ~~k~~ \| 2";

    [Fact]
    public void It_is_that_of_the_CRDs() =>
        File.ReadAllText(Path.Combine(Repository.Root, Target)).ShouldBe(ReferencePage.Render(Repository.Crds), $"{Target} is not that of crds/: run `make reference`");

    [Fact]
    public void Every_field_has_a_row_with_its_description()
    {
        var rows = Rows(new Document(Target).Content).Select(row => (row[0], row[^2])).ToList();
        var fields = Repository.Crds.Select(YamlText.ParseObject)
            .SelectMany(crd => crd["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!.AsObject())
            .Where(property => property.Key is "spec" or "status")
            .SelectMany(property => SchemaField.Of(property.Key, property.Value!, isRequired: false)).ToList();

        fields.Count.ShouldBeGreaterThan(60);
        fields.Select(field => (field.Path, field.Description)).Except(rows).ShouldBeEmpty();
    }

    [Fact]
    public void A_category_is_no_name_of_a_kind()
    {
        var page = ReferencePage.Render([Crd("x").Replace("singular: thing", "singular: thing, shortNames: [th], categories: [all-things]", StringComparison.Ordinal)]);
        var rows = Document.Parse(page).Descendants<Table>().SelectMany(table => table.OfType<TableRow>()).Select(row => row.OfType<TableCell>().Select(Document.TextOf).ToArray()).ToList();

        rows.Single(row => row[0] == "names for kubectl")[1].ShouldBe("things, thing, th");
        rows.Single(row => row[0] == "category")[1].ShouldStartWith("all-things,");
    }

    [Fact]
    public void Whatever_a_description_a_pattern_or_a_message_holds_is_shown_as_it_is()
    {
        var page = ReferencePage.Render([Crd(Special)]);
        var row = Rows(Document.Parse(page)).Single(row => row[0] == "spec.x");

        row.ShouldBe(["spec.x", "string, required", Special, $"2 to 5 characters\nmatches {Special}\nrule: {Special}"]);
    }

    private static string Crd(string text) =>
        $$"""
        spec:
          group: example.com
          scope: Namespaced
          names: { kind: Thing, plural: things, singular: thing }
          versions:
            - name: v1
              additionalPrinterColumns: []
              schema:
                openAPIV3Schema:
                  description: A thing.
                  properties:
                    spec:
                      type: object
                      required: [x]
                      properties:
                        x:
                          description: '{{text}}'
                          type: string
                          minLength: 2
                          maxLength: 5
                          pattern: '{{text}}'
                          x-kubernetes-validations:
                            - { rule: 'true', message: '{{text}}' }
        """;

    /// <summary>The rows of all tables of four columns, as a reader sees them.</summary>
    private static IEnumerable<string[]> Rows(MarkdownDocument page) => page.Descendants<Table>()
        .SelectMany(table => table.OfType<TableRow>().Where(row => !row.IsHeader))
        .Select(row => row.OfType<TableCell>().Select(Document.TextOf).ToArray())
        .Where(cells => cells.Length == 4);
}
