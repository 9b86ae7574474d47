using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>Validates a value against a structural schema, in the words of the real server (kube-openapi's validator).</summary>
internal static class SchemaValidator
{
    public static IReadOnlyList<FieldError> Validate(JsonObject obj, Schema schema)
    {
        var errors = new List<FieldError>();
        Visit(obj, schema, "", errors);
        return errors;
    }

    private static void Visit(JsonNode? value, Schema schema, string path, List<FieldError> errors)
    {
        if (value is null && schema.Nullable)
        {
            return;
        }

        if (!HasType(value, schema))
        {
            var actual = TypeName(value);
            var expected = schema.IntOrString ? "integer,string" : schema.Type;
            errors.Add(FieldError.InvalidType(Shown(path), actual, $"{Shown(path)} in body must be of type {expected}: \"{actual}\""));
            return;
        }

        switch (value)
        {
            case JsonObject map:
                VisitObject(map, schema, path, errors);
                break;
            case JsonArray list:
                VisitList(list, schema, path, errors);
                break;
            default:
                errors.AddRange(ScalarRules.Check(value, schema, path));
                break;
        }

        CheckEnum(value, schema, path, errors);
        CheckCombinations(value, schema, path, errors);
    }

    private static void VisitObject(JsonObject map, Schema schema, string path, List<FieldError> errors)
    {
        foreach (var name in schema.Required.Where(name => !map.ContainsKey(name)))
        {
            errors.Add(FieldError.Required(Join(path, name)));
        }

        if (map.Count > schema.MaxProperties)
        {
            errors.Add(FieldError.TooMany(Shown(path), map.Count, schema.MaxProperties.Value));
        }

        if (map.Count < schema.MinProperties)
        {
            errors.Add(FieldError.Invalid(Shown(path), map, $"{Shown(path)} in body should have at least {schema.MinProperties} properties"));
        }

        foreach (var (name, child) in map)
        {
            if (schema.Field(name) is { } field)
            {
                Visit(child, field, Join(path, name), errors);
            }
        }
    }

    private static void VisitList(JsonArray list, Schema schema, string path, List<FieldError> errors)
    {
        if (list.Count > schema.MaxItems)
        {
            errors.Add(FieldError.TooMany(Shown(path), list.Count, schema.MaxItems.Value));
        }

        if (list.Count < schema.MinItems)
        {
            errors.Add(FieldError.Invalid(Shown(path), list.Count, $"{Shown(path)} in body should have at least {schema.MinItems} items"));
        }

        for (var index = 0; schema.Items is not null && index < list.Count; index++)
        {
            Visit(list[index], schema.Items, $"{path}[{index}]", errors);
        }

        errors.AddRange(Duplicates(list, schema, path));
    }

    /// <summary>Each value that is there more than once, at its second place.</summary>
    private static IEnumerable<FieldError> Duplicates(JsonArray list, Schema schema, string path)
    {
        if (schema.ListType == ListType.Atomic)
        {
            yield break;
        }

        var seen = new Dictionary<Apply.PathElement, int>();
        for (var index = 0; index < list.Count; index++)
        {
            var step = Apply.PathElement.Of(list[index], schema);
            seen[step] = seen.GetValueOrDefault(step) + 1;
            if (seen[step] == 2)
            {
                yield return FieldError.Duplicate($"{path}[{index}]", JsonNode.Parse(step.Notation[2..]));
            }
        }
    }

    private static void CheckEnum(JsonNode? value, Schema schema, string path, List<FieldError> errors)
    {
        if (schema.Enum is { } allowed && !allowed.Any(one => one.SameAs(value)))
        {
            errors.Add(FieldError.NotSupported(Shown(path), value, allowed.Select(one => one.AsText() ?? one.ToText())));
        }
    }

    private static void CheckCombinations(JsonNode? value, Schema schema, string path, List<FieldError> errors)
    {
        foreach (var part in schema.AllOf)
        {
            Visit(value, part, path, errors);
        }

        if (schema.AnyOf.Count > 0 && !schema.AnyOf.Any(part => Fits(value, part)))
        {
            errors.Add(FieldError.Invalid(Shown(path), value, $"{Shown(path)} in body must validate at least one schema (anyOf)"));
        }

        if (schema.OneOf.Count > 0 && schema.OneOf.Count(part => Fits(value, part)) != 1)
        {
            errors.Add(FieldError.Invalid(Shown(path), value, $"{Shown(path)} in body must validate one and only one schema (oneOf)"));
        }

        if (schema.Not is not null && Fits(value, schema.Not))
        {
            errors.Add(FieldError.Invalid(Shown(path), value, $"{Shown(path)} in body must not validate the schema (not)"));
        }
    }

    private static bool Fits(JsonNode? value, Schema schema)
    {
        var errors = new List<FieldError>();
        Visit(value, schema, "", errors);
        return errors.Count == 0;
    }

    private static bool HasType(JsonNode? value, Schema schema) => schema switch
    {
        { IntOrString: true } => TypeName(value) is "integer" or "string",
        { Type: null } => true,
        { Type: "number" } => TypeName(value) is "number" or "integer",
        _ => TypeName(value) == schema.Type,
    };

    private static string TypeName(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => decimal.TryParse(value.ToText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == decimal.Truncate(number) ? "integer" : "number",
        _ => "null",
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(string path) => path.Length == 0 ? "<nil>" : path;
}
