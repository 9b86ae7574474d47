namespace UploadSessions.Specification;

/// <summary>The ServiceAccount whose own identity a session uses, by AssumeRoleWithWebIdentity.</summary>
/// <param name="Namespace">The session's namespace, and so the ServiceAccount's.</param>
/// <param name="Name">Its name.</param>
/// <param name="Audience">Whom its token is made out to: the STS that is called, and no other host.</param>
public sealed record ServiceAccountIdentity(string Namespace, string Name, string Audience)
{
    /// <summary>The audience of the STS of AWS (IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"); never that of another endpoint, which could pass such a token on.</summary>
    public const string AwsAudience = "sts.amazonaws.com";

    /// <summary>The <c>sub</c> of its tokens, which trust policies name (Kubernetes documentation, "Managing Service Accounts").</summary>
    public string Subject => $"system:serviceaccount:{Namespace}:{Name}";
}
