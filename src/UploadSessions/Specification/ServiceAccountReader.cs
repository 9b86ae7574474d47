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
            errors.Add(Field, name, "cannot be used: the operator has no audience for tokens (--service-accounts enabled, and --token-audience where --sts-endpoint is set); remove the field to use the operator's own identity");
        if (session.Spec.SessionTags is { Count: > 0 })
            errors.Add("spec.sessionTags", "", "cannot be combined with serviceAccountName, since AssumeRoleWithWebIdentity takes no tags; accepted is one of the two");
        return new(session.Metadata.Namespace, name, defaults.TokenAudience ?? "");
    }
}
