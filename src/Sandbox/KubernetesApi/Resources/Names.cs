using System.Text.RegularExpressions;
using Sandbox.KubernetesApi.Errors;

namespace Sandbox.KubernetesApi.Resources;

/// <summary>Rules for names (Kubernetes documentation, "Object Names and IDs").</summary>
internal static partial class Names
{
    private const string SubdomainMessage =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character "
        + @"(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string LabelMessage =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    public const string QualifiedMessage =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    /// <summary>A label or annotation key: an optional DNS subdomain, a slash, and a name of at most 63 characters.</summary>
    public static bool IsQualified(string name) => Qualified().IsMatch(name);

    public static IEnumerable<FieldError> ValidateSubdomain(string name)
    {
        if (name.Length > 253)
        {
            yield return FieldError.Invalid("metadata.name", name, "must be no more than 253 characters");
        }

        if (!Subdomain().IsMatch(name))
        {
            yield return FieldError.Invalid("metadata.name", name, SubdomainMessage);
        }
    }

    public static IEnumerable<FieldError> ValidateLabel(string name)
    {
        if (name.Length > 63)
        {
            yield return FieldError.Invalid("metadata.name", name, "must be no more than 63 characters");
        }

        if (!Label().IsMatch(name))
        {
            yield return FieldError.Invalid("metadata.name", name, LabelMessage);
        }
    }

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]\z")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();
}
