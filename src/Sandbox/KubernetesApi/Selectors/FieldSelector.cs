using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;

namespace Sandbox.KubernetesApi.Selectors;

/// <summary>A field selector: <c>metadata.name=x,type!=y</c> over the fields that a resource lets one select by.</summary>
internal sealed class FieldSelector
{
    private readonly IReadOnlyList<(string Field, string Value, bool Equal)> _terms;

    private FieldSelector(IReadOnlyList<(string Field, string Value, bool Equal)> terms) => _terms = terms;

    public static FieldSelector Everything { get; } = new([]);

    public bool SelectsEverything => _terms.Count == 0;

    /// <summary>The one name selected, if the selector asks for one.</summary>
    public string? SingleName => _terms.FirstOrDefault(term => term is { Field: "metadata.name", Equal: true }).Value;

    /// <exception cref="ApiException">400: no selector, or a field that cannot be selected by.</exception>
    public static FieldSelector Parse(string? text, ResourceType type)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Everything;
        }

        return new([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(term => ParseTerm(term, type))]);
    }

    public bool Matches(StoredObject stored)
    {
        JsonObject? content = null;
        return _terms.All(term => string.Equals(ValueOf(term.Field, stored, ref content), term.Value, StringComparison.Ordinal) == term.Equal);
    }

    private static (string Field, string Value, bool Equal) ParseTerm(string term, ResourceType type)
    {
        var at = term.IndexOf('=', StringComparison.Ordinal);
        if (at < 1)
        {
            throw new ApiException(ApiStatus.BadRequest($"invalid selector: '{term}'; can't understand '{term}'"));
        }

        var equal = term[at - 1] != '!';
        var field = term[..(equal ? at : at - 1)];
        var value = term[(at + 1)..].TrimStart('=');
        if (field is not ("metadata.name" or "metadata.namespace") && !type.SelectableFields.Contains(field))
        {
            throw new ApiException(ApiStatus.BadRequest(type.IsCustom || type.SelectableFields.Count > 0
                ? $"field label not supported: {field}"
                : $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""));
        }

        return (type.StoredField(field), value, equal);
    }

    private static string ValueOf(string field, StoredObject stored, ref JsonObject? content) => field switch
    {
        "metadata.name" => stored.Key.Name,
        "metadata.namespace" => stored.Key.Namespace,
        _ => Text(content ??= stored.Read(), field),
    };

    private static string Text(JsonObject content, string path)
    {
        var value = path.Split('.').Aggregate((JsonNode?)content, (node, name) => (node as JsonObject)?[name]);
        return value.AsText() ?? value?.ToJsonString() ?? "";
    }
}
