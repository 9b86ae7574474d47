using UploadSessions.Resources;

namespace UploadSessions.Specification;

/// <summary>Reads <c>spec.serviceAccountName</c>.</summary>
internal static class ServiceAccountReader
{
    private const string Field = "spec.serviceAccountName";

    public static ServiceAccountIdentity? Read(UploadSession session, SpecDefaults defaults, SpecErrors errors)
    {
        if (session.Spec.ServiceAccountName is not { } name)
            return null;
        if (ObjectNames.SubdomainProblem(name) is { } problem)
            errors.Add(Field, name, $"is not the name of a ServiceAccount; {problem}");
        else if (defaults.TokenAudience is null)
            errors.Add(Field, name, $"cannot be used: {WhatIsOff(defaults)}; remove the field to use the operator's own identity");
        if (session.Spec.SessionTags is { Count: > 0 })
            errors.Add("spec.sessionTags", "cannot be combined with serviceAccountName, since AssumeRoleWithWebIdentity takes no tags; accepted is one of the two");
        return new(session.Metadata.Namespace, name, defaults.TokenAudience ?? "");
    }

    /// <summary>Of another STS than AWS's the operator must be told the audience, too.</summary>
    private static string WhatIsOff(SpecDefaults defaults) =>
        $"the operator runs without --service-accounts enabled{(defaults.StsEndpoint is null ? "" : ", which needs --token-audience with --sts-endpoint")}";
}
