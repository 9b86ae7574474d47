using System.Text.Json.Nodes;

namespace ApiReference;

/// <summary>What a structural schema says, in words.</summary>
internal static class SchemaWords
{
    public static string? Text(JsonNode schema, string name) => schema[name]?.GetValue<string>();

    public static IEnumerable<JsonNode?> List(JsonNode schema, string name) => schema[name]?.AsArray() ?? [];

    public static string Type(JsonNode schema) => Text(schema, "type") switch
    {
        "array" when Text(schema, "x-kubernetes-list-type") == "set" => $"set of {Type(schema["items"]!)}",
        "array" when List(schema, "x-kubernetes-list-map-keys").ToArray() is { Length: > 0 } keys => $"list of {Type(schema["items"]!)} by {string.Join(", ", keys.Select(key => key!.GetValue<string>()))}",
        "array" => $"list of {Type(schema["items"]!)}",
        "object" when schema["additionalProperties"] is { } values => $"map of string to {Type(values)}",
        "string" when Text(schema, "format") == "date-time" => "string (RFC 3339 time)",
        { } plain => plain,
        null => "any",
    };

    /// <summary>Everything that the API server checks besides type and required fields.</summary>
    public static IEnumerable<string> Constraints(JsonNode schema) =>
        Sizes(schema).Concat(Forms(schema)).Concat(Rules(schema)).Concat(Within(schema, "items", "each: ")).Concat(Within(schema, "additionalProperties", "each value: "));

    private static IEnumerable<string> Sizes(JsonNode schema)
    {
        (string Least, string Most, string What)[] sizes = [("minLength", "maxLength", "characters"), ("minItems", "maxItems", "items"), ("minProperties", "maxProperties", "entries"), ("minimum", "maximum", "")];
        foreach (var (least, most, what) in sizes)
        {
            // The words of an enum have their lengths.
            if (schema["enum"] is not null && what == "characters")
                continue;
            if (Range(schema[least]?.GetValue<long>(), schema[most]?.GetValue<long>()) is { } range)
                yield return $"{range} {what}".TrimEnd();
        }
    }

    private static string? Range(long? least, long? most) => (least, most) switch
    {
        (null, null) => null,
        (null, _) => $"at most {most}",
        (_, null) => $"at least {least}",
        _ => $"{least} to {most}",
    };

    private static IEnumerable<string> Forms(JsonNode schema)
    {
        if (schema["enum"] is JsonArray words)
            yield return $"one of {string.Join(", ", words.Select(word => Markdown.Code(word!.ToString())))}";
        if (Text(schema, "pattern") is { } pattern)
            yield return $"matches {Markdown.Code(pattern)}";
        if (schema["default"] is { } value)
            yield return $"set to {Markdown.Code(value.ToJsonString())} at creation";
    }

    private static IEnumerable<string> Rules(JsonNode schema) =>
        List(schema, "x-kubernetes-validations").Select(rule => $"rule: {Markdown.Escape(Text(rule!, "message") ?? Text(rule!, "rule")!)}");

    /// <summary>Of what a list or map holds; objects have rows of their own, but rules about the whole of one stand here.</summary>
    private static IEnumerable<string> Within(JsonNode schema, string name, string lead) =>
        schema[name] is JsonObject inner ? Constraints(inner).Select(constraint => lead + constraint) : [];
}
