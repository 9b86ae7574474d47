using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.CustomResources;

/// <summary>What makes a schema structural (Kubernetes documentation, "Specifying a structural schema"), as far as mistakes are likely.</summary>
internal static class StructuralRules
{
    public static IEnumerable<FieldError> Check(JsonObject schema, string path)
    {
        if (schema.Text("type") is null && !schema.Flag("x-kubernetes-int-or-string") && !schema.Flag("x-kubernetes-preserve-unknown-fields"))
        {
            yield return FieldError.Required($"{path}.type", "must not be empty for specified object fields");
        }

        if (schema.Text("type") == "array" && schema.Child("items") is null)
        {
            yield return FieldError.Required($"{path}.items", "must be specified");
        }

        if (schema["properties"] is not null && schema["additionalProperties"] is not null)
        {
            yield return FieldError.Forbidden($"{path}.additionalProperties", "additionalProperties and properties are mutual exclusive");
        }

        if (schema.Text("pattern") is { } pattern && !IsPattern(pattern))
        {
            yield return FieldError.Invalid($"{path}.pattern", pattern, "must be a valid regular expression, but isn't");
        }

        foreach (var (step, child) in Children(schema))
        {
            foreach (var error in Check(child, path + step))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<(string Step, JsonObject Child)> Children(JsonObject schema)
    {
        foreach (var (name, child) in schema.Child("properties") ?? [])
        {
            yield return ($".properties[{name}]", child as JsonObject ?? []);
        }

        foreach (var name in (string[])["items", "additionalProperties"])
        {
            if (schema.Child(name) is { } child)
            {
                yield return ($".{name}", child);
            }
        }
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = Regex.Match("", pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
