using System.Text.RegularExpressions;
using ControllerRuntime.Connection;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Tells a refusal for want of a right from the others: quotas and admission refuse with 403 too.</summary>
public static partial class MissingRight
{
    /// <summary>
    /// What the operator may not do, such as <c>cannot get resource "secrets" in API group ""</c>; null where it is refused for another reason.
    /// The words are those that the API server has for every authorizer; no object is named in them.
    /// </summary>
    public static string? Of(ApiException refused) =>
        refused.StatusCode == StatusCodes.Status403Forbidden && Form().Match(refused.Message) is { Success: true } right ? right.Value : null;

    [GeneratedRegex(@"cannot [a-z]+ resource ""[^""]*"" in API group ""[^""]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
