using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Errors;

/// <summary>One fault of one field, in the words of the API machinery's field errors.</summary>
/// <param name="Reason">The machine-readable cause, such as <c>FieldValueInvalid</c>.</param>
/// <param name="Field">The path, such as <c>spec.roleArn</c>.</param>
/// <param name="Message">What is wrong, without the path.</param>
internal sealed record FieldError(string Reason, string Field, string Message)
{
    public static FieldError Required(string field, string detail = "") => new("FieldValueRequired", field, Join("Required value", detail));

    public static FieldError Invalid(string field, JsonNode? value, string detail) =>
        new("FieldValueInvalid", field, Join($"Invalid value: {Shown(value)}", detail));

    public static FieldError InvalidType(string field, string actual, string detail) =>
        new("FieldValueTypeInvalid", field, Join($"Invalid value: \"{actual}\"", detail));

    public static FieldError NotSupported(string field, JsonNode? value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", field, Join($"Unsupported value: {Shown(value)}", $"supported values: {string.Join(", ", supported.Select(one => $"\"{one}\""))}"));

    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, Join("Forbidden", detail));

    public static FieldError TooLong(string field, string detail) => new("FieldValueTooLong", field, Join("Too long", detail));

    public static FieldError TooMany(string field, int actual, long most) =>
        new("FieldValueTooMany", field, $"Too many: {actual}: must have at most {most} {(most == 1 ? "item" : "items")}");

    public static FieldError Duplicate(string field, JsonNode? value) => new("FieldValueDuplicate", field, $"Duplicate value: {Shown(value)}");

    public override string ToString() => $"{Field}: {Message}";

    private static string Shown(JsonNode? value) => value.ToText();

    private static string Join(string message, string detail) => detail.Length == 0 ? message : $"{message}: {detail}";
}
