using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Schemas;

/// <summary>What a schema demands of strings and numbers.</summary>
internal static class ScalarRules
{
    public static IEnumerable<FieldError> Check(JsonNode? value, Schema schema, string path) => value?.GetValueKind() switch
    {
        JsonValueKind.String => Text(value, value.AsText()!, schema, path),
        JsonValueKind.Number => Number(value, decimal.Parse(value.ToText(), NumberStyles.Float, CultureInfo.InvariantCulture), schema, path),
        _ => [],
    };

    private static IEnumerable<FieldError> Text(JsonNode value, string text, Schema schema, string path)
    {
        var length = text.EnumerateRunes().Count();
        if (length > schema.MaxLength)
        {
            yield return FieldError.TooLong(path, $"may not be longer than {schema.MaxLength}");
        }

        if (length < schema.MinLength)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be at least {schema.MinLength} chars long");
        }

        if (schema.Pattern?.IsMatch(text) == false)
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should match '{schema.PatternText}'");
        }

        if (schema.Format == "micro-time" && !Times.IsRfc3339Micro(text))
        {
            yield return FieldError.Invalid(path, value, $"parsing time {value.ToText()} as \"2006-01-02T15:04:05.000000Z07:00\": exactly six fractional digits are expected");
        }

        if (schema.Format == "date-time" && !Times.IsRfc3339(text))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body must be of type date-time: {value.ToText()}");
        }
    }

    private static IEnumerable<FieldError> Number(JsonNode value, decimal number, Schema schema, string path)
    {
        if (number < schema.Minimum || (schema.ExclusiveMinimum && number == schema.Minimum))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be greater than {(schema.ExclusiveMinimum ? "" : "or equal to ")}{schema.Minimum}");
        }

        if (number > schema.Maximum || (schema.ExclusiveMaximum && number == schema.Maximum))
        {
            yield return FieldError.Invalid(path, value, $"{path} in body should be less than {(schema.ExclusiveMaximum ? "" : "or equal to ")}{schema.Maximum}");
        }
    }
}
