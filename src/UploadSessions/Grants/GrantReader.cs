using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads a grant's spec: every rule that one grant can be judged by alone is applied here, once.</summary>
public static class GrantReader
{
    /// <summary>The checked grant, or every error of its spec. Never throws.</summary>
    public static GrantResult Read(UploadGrant grant)
    {
        var spec = grant.Spec;
        var errors = new SpecErrors();
        var namespaces = NamespaceRuleReader.Read(spec.Namespaces, errors);
        var terms = ReadTerms(spec, errors);
        return new GrantResult
        {
            Name = grant.Metadata.Name,
            Namespaces = namespaces,
            Terms = errors.Any ? null : terms,
            Errors = errors.All,
        };
    }

    private static GrantTerms ReadTerms(UploadGrantSpec spec, SpecErrors errors)
    {
        var roles = RoleArnPatternReader.Read(spec.RoleArns, errors);
        var targets = GrantTargetReader.Read(spec.Targets, errors);
        var maxDuration = spec.MaxDuration is null ? null : TimesReader.Duration("spec.maxDuration", spec.MaxDuration, errors);
        var maxLifetime = TimesReader.Lifetime("spec.maxLifetime", spec.MaxLifetime, errors);
        var (sourceIps, vpcEndpoints) = ReadConstraints(spec.RequireConstraints, errors);
        var allowedTags = GrantTagsReader.Allowed(spec.AllowedSessionTags, errors);
        return new GrantTerms
        {
            Roles = roles,
            Targets = targets,
            MaxDuration = maxDuration,
            MaxLifetime = maxLifetime,
            SourceIps = sourceIps,
            VpcEndpoints = vpcEndpoints,
            RequireTls = spec.RequireConstraints?.RequireTls ?? false,
            AllowedSessionTags = allowedTags,
            Additions = GrantAdditionsReader.Read(spec.Session, allowedTags.Keys, errors),
        };
    }

    private static (IReadOnlyList<string> SourceIps, IReadOnlyList<string> VpcEndpoints) ReadConstraints(SessionConstraints? constraints, SpecErrors errors)
    {
        const string Field = "spec.requireConstraints";
        // What the API server drops for being misspelt must not read as "nothing is required".
        if (constraints is { SourceIps: null, VpcEndpoints: null, RequireTls: null })
            errors.AddMissing(Field, "sourceIps, vpcEndpoints or requireTls, or no requireConstraints");
        if (constraints?.SourceIps is { Count: 0 })
            errors.AddCount($"{Field}.sourceIps", 0, "1 to 16, or no list");
        if (constraints?.VpcEndpoints is { Count: 0 })
            errors.AddCount($"{Field}.vpcEndpoints", 0, "1 to 16, or no list");
        return ConstraintsReader.Read(Field, constraints, errors);
    }
}
