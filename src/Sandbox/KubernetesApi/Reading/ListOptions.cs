using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Errors;
using Sandbox.KubernetesApi.Http;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>What the questions of lists and watches may say together (Kubernetes documentation, "Kubernetes API Concepts", resource versions).</summary>
internal static class ListOptions
{
    /// <exception cref="ApiException">400 or 422: the question makes no sense.</exception>
    public static void Check(ApiRequest request)
    {
        foreach (var name in (string[])["limit", "timeoutSeconds"])
        {
            if (request.Query(name) is { Length: > 0 } text && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            {
                throw new ApiException(ApiStatus.BadRequest($"strconv.ParseInt: parsing {JsonValue.Create(text).ToJsonString()}: invalid syntax"));
            }
        }

        var version = request.Query("resourceVersion");
        if (request.Query("continue").Length > 0 && version is not ("" or "0"))
        {
            throw new ApiException(ApiStatus.BadRequest("specifying resource version is not allowed when using continue"));
        }

        if (MatchFault(request.Query("resourceVersionMatch"), version, request.Info.Verb == "watch") is { } fault)
        {
            throw Invalid(fault);
        }
    }

    public static ApiException Invalid(FieldError error) => new(ApiStatus.Invalid("meta.k8s.io", "ListOptions", "", [error]));

    private static FieldError? MatchFault(string match, string version, bool isWatch)
    {
        const string field = "resourceVersionMatch";
        return match switch
        {
            "" => null,
            _ when isWatch => FieldError.Forbidden(field, "resourceVersionMatch is forbidden for watch"),
            _ when version.Length == 0 => FieldError.Forbidden(field, "resourceVersionMatch is forbidden unless resourceVersion is provided"),
            "Exact" when version == "0" => FieldError.Forbidden(field, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""),
            "Exact" or "NotOlderThan" => null,
            _ => FieldError.NotSupported(field, match, ["Exact", "NotOlderThan", ""]),
        };
    }
}
