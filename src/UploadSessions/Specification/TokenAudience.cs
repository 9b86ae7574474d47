using System.Text.RegularExpressions;

namespace UploadSessions.Specification;

/// <summary>The rules of the audience of ServiceAccount tokens.</summary>
public static partial class TokenAudience
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "1 to 255 printable ASCII characters without white space, the client id of the OIDC provider";

    /// <summary>What is wrong with an audience for an endpoint that is not AWS's own; null: nothing.</summary>
    public static string? ProblemElsewhere(string audience) => audience == ServiceAccountIdentity.AwsAudience
        ? $"is the audience of AWS: whoever runs the endpoint could use such a token there, without any session policy; accepted is an audience of the endpoint's own, {Accepted}"
        : Problem(audience);

    /// <summary>What is wrong with an audience; null: nothing.</summary>
    public static string? Problem(string audience) => Form().IsMatch(audience) ? null : $"is not an audience; accepted are {Accepted}";

    // IAM API Reference, "CreateOpenIDConnectProvider": a client id has 1 to 255 characters.
    [GeneratedRegex(@"\A[!-~]{1,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
