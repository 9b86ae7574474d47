using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace UploadSessions.Tests.Crds;

/// <summary>The part of the API server's schema validation that the CRDs use.</summary>
internal static class SchemaValidator
{
    public static IEnumerable<string> Problems(string path, YamlMappingNode schema, JsonNode? value)
    {
        string[] problems = [.. OfValue(path, schema, value)];
        // The API server evaluates rules only where the schema itself is kept.
        return problems.Length > 0 ? problems : ValidationRules.Of(schema).Where(rule => !rule.Allows(value)).Select(rule => $"{path}: {rule.Message}");
    }

    private static IEnumerable<string> OfValue(string path, YamlMappingNode schema, JsonNode? value) => value switch
    {
        JsonObject map => OfObject(path, schema, map),
        JsonArray list => OfList(path, schema, list),
        JsonValue text when Crd.Text(schema, "type") == "string" => OfText(path, schema, text.GetValue<string>()),
        _ => [],
    };

    private static IEnumerable<string> OfObject(string path, YamlMappingNode schema, JsonObject map)
    {
        if (map.Count > Limit(schema, "maxProperties"))
            yield return $"{path}: too many properties";
        if (Limit(schema, "minProperties") is not int.MaxValue and var least && map.Count < least)
            yield return $"{path}: too few properties";
        foreach (var (name, value) in map)
        {
            var child = Crd.Child(schema, "additionalProperties") as YamlMappingNode ?? Crd.Property(schema, name);
            foreach (var problem in Problems($"{path}.{name}", child, value))
                yield return problem;
        }
    }

    private static IEnumerable<string> OfList(string path, YamlMappingNode schema, JsonArray list)
    {
        if (list.Count > Limit(schema, "maxItems") || list.Count < (Limit(schema, "minItems") is int.MaxValue ? 0 : Limit(schema, "minItems")))
            yield return $"{path}: wrong number of items";
        foreach (var problem in list.SelectMany((item, i) => Problems($"{path}[{i}]", (YamlMappingNode)schema["items"], item)))
            yield return problem;
    }

    private static IEnumerable<string> OfText(string path, YamlMappingNode schema, string text)
    {
        if (text.EnumerateRunes().Count() > Limit(schema, "maxLength"))
            yield return $"{path}: too long";
        if (Crd.Text(schema, "pattern") is { } pattern && !GoPattern(pattern).IsMatch(text))
            yield return $"{path}: '{text}' does not match {pattern}";
        if (Crd.Child(schema, "enum") is YamlSequenceNode allowed && allowed.All(name => name.ToString() != text))
            yield return $"{path}: '{text}' is not in the enum";
    }

    /// <summary>In Go a dollar sign matches at the very end only, in .NET also before a last line feed.</summary>
    private static Regex GoPattern(string pattern) => new(Regex.Replace(pattern, @"\$$", @"\z"), RegexOptions.CultureInvariant);

    private static int Limit(YamlMappingNode schema, string name) =>
        Crd.Text(schema, name) is { } limit ? int.Parse(limit, CultureInfo.InvariantCulture) : int.MaxValue;
}
