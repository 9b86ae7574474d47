using System.Text;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace ApiReference;

/// <summary>docs/reference/api.md, made of the CustomResourceDefinitions.</summary>
public static class ReferencePage
{
    private const string Head =
        """
        # API reference

        <!-- Made of crds/ by `make reference`: edit those. -->

        Every field of both kinds, as the API server checks it. What these rules cannot say, such as that a role is granted, the operator checks and tells in the [status](../concepts.md#status). The [annotations and labels](annotations.md) have a page of their own.

        Fields that are not listed here are dropped by the API server; `kubectl` refuses them before that. Rules are checked by API servers from Kubernetes 1.25 on, and by the operator in any case. No field of `spec` has a default that is written into the object: what a description calls a default is what holds where the field is absent.

        """;

    /// <summary>The page; kinds that live in namespaces first.</summary>
    /// <param name="crds">The texts of the CustomResourceDefinitions.</param>
    /// <exception cref="FormatException">A text is not YAML.</exception>
    public static string Render(IEnumerable<string> crds)
    {
        var page = new StringBuilder(Head);
        foreach (var crd in crds.Select(YamlText.ParseObject).OrderByDescending(crd => Text(crd["spec"], "scope"), StringComparer.Ordinal))
            Kind(page, crd["spec"]!);
        return page.ToString();
    }

    private static void Kind(StringBuilder page, JsonNode definition)
    {
        var kind = Text(definition["names"], "kind");
        foreach (var version in definition["versions"]!.AsArray().OfType<JsonNode>())
        {
            var schema = version["schema"]!["openAPIV3Schema"]!;
            Heading(page, $"## {kind}");
            page.Append(Markdown.Escape(Text(schema, "description"))).Append("\n\n");
            page.Append("| | |\n|---|---|\n");
            Row(page, "API version", Markdown.Code($"{Text(definition, "group")}/{Text(version, "name")}"));
            Row(page, "scope", Text(definition, "scope") == "Namespaced" ? "in a namespace" : "the whole cluster");
            Row(page, "names for kubectl", Names(definition["names"]!));
            foreach (var category in SchemaWords.List(definition["names"]!, "categories").Select(name => name!.GetValue<string>()))
                Row(page, "category", $"{Markdown.Code(category)}, which is no name of the kind: {Markdown.Code($"kubectl get {category}")} lists every kind of the category");
            if (version["subresources"] is JsonObject subresources)
                Row(page, "subresources", string.Join(", ", subresources.Select(sub => Markdown.Code(sub.Key))));
            Columns(page, kind, version["additionalPrinterColumns"]!.AsArray());
            foreach (var part in new[] { "spec", "status" })
            {
                if (schema["properties"]![part] is { } described)
                    Fields(page, kind, SchemaField.Of(part, described, Requires(schema, part)));
            }
        }
    }

    private static void Columns(StringBuilder page, string kind, JsonArray columns)
    {
        Heading(page, $"### {kind}: columns of `kubectl get`");
        page.Append("| column | what it shows | from | wide only |\n|---|---|---|---|\n");
        foreach (var column in columns.OfType<JsonNode>())
            Row(page, Text(column, "name").ToUpperInvariant(), Markdown.Escape(Text(column, "description")), Markdown.Code(Text(column, "jsonPath")), column["priority"]?.GetValue<long>() > 0 ? "yes" : "");
    }

    private static void Fields(StringBuilder page, string kind, IReadOnlyList<SchemaField> fields)
    {
        Heading(page, $"### {kind}: {Markdown.Code(fields[0].Path)}");
        page.Append("| field | type | meaning | accepted |\n|---|---|---|---|\n");
        foreach (var field in fields)
            Row(page, Markdown.Code(field.Path), field.IsRequired ? $"{field.Type}, required" : field.Type, Markdown.Escape(field.Description), string.Join("<br>", field.Constraints));
    }

    private static void Heading(StringBuilder page, string heading) => page.Append('\n').Append(heading).Append("\n\n");

    private static void Row(StringBuilder page, params ReadOnlySpan<string> cells) => page.Append("| ").AppendJoin(" | ", cells.ToArray()).Append(" |\n");

    private static string Names(JsonNode names) =>
        string.Join(", ", new[] { names["plural"], names["singular"] }.Concat(SchemaWords.List(names, "shortNames")).Select(name => Markdown.Code(name!.GetValue<string>())));

    private static bool Requires(JsonNode schema, string field) => SchemaWords.List(schema, "required").Any(name => name!.GetValue<string>() == field);

    private static string Text(JsonNode? node, string name) => node is null ? "" : SchemaWords.Text(node, name) ?? "";
}
