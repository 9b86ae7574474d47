using UploadSessions.Resources;

namespace UploadSessions.Specification;

/// <summary>Reads a spec into terms: every rule that one session can be judged by alone is applied here, once.</summary>
public static class SpecReader
{
    /// <summary>Either the terms with all defaults applied, or every error of the spec. Never throws. An end in the past is no error: the session has ended.</summary>
    public static SpecResult Read(UploadSession session, SpecDefaults defaults)
    {
        var spec = session.Spec;
        var errors = new SpecErrors();

        var role = RoleArnReader.Read(spec.RoleArn, errors);
        var bucket = BucketReader.Read("spec.bucket", spec.Bucket, role, errors);
        var custom = defaults.IsCustomStore || role is { AccountId: "" };
        var prefix = PrefixReader.Read(spec.Prefix, custom, errors);
        var access = AccessReader.Read("spec.access", spec.Access, errors);
        var kmsKey = KmsKeyReader.Read("spec.kmsKeyArn", spec.KmsKeyArn, role, errors);
        var (sourceIps, vpcEndpoints) = ConstraintsReader.Read("spec.constraints", spec.Constraints, errors);
        var serviceAccount = ServiceAccountReader.Read(session, defaults, errors);
        var duration = TimesReader.SessionDuration(spec.Duration, errors);
        var renewBefore = TimesReader.RenewBefore(spec.RenewBefore, duration, errors);
        var end = TimesReader.End(spec, session.Metadata.CreationTimestamp, errors);
        var tags = SessionTagsReader.Read("spec.sessionTags", spec.SessionTags, errors);
        var region = NamesReader.SessionRegion(spec.Region, ownSts: defaults.StsEndpoint is not null, errors) ?? defaults.Region;
        var secretName = NamesReader.SecretName(spec.SecretName, session.Metadata.Name, errors);

        if (errors.Any || role is null || bucket is null)
            return new SpecResult { Errors = errors.All };
        return new SpecResult
        {
            Terms = new SessionTerms
            {
                Role = role,
                Bucket = bucket,
                Prefix = prefix,
                Access = access,
                KmsKey = kmsKey,
                SourceIps = sourceIps,
                VpcEndpoints = vpcEndpoints,
                RequireTls = spec.Constraints?.RequireTls ?? false,
                Duration = duration,
                RenewBefore = renewBefore,
                End = end,
                Suspend = spec.Suspend ?? false,
                SessionTags = tags,
                Region = region,
                S3Endpoint = defaults.S3Endpoint,
                SecretName = secretName,
                ServiceAccount = serviceAccount,
            },
        };
    }
}
