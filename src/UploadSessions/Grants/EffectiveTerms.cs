using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>The terms of a session with all that a grant adds.</summary>
internal static class EffectiveTerms
{
    /// <summary>Only where the grant allows the session.</summary>
    public static SessionTerms Of(GrantTerms grant, GrantQuery query)
    {
        var session = query.Terms;
        var additions = grant.Additions;
        return session with
        {
            SourceIps = session.SourceIps.Count > 0 ? session.SourceIps : grant.SourceIps,
            VpcEndpoints = session.VpcEndpoints.Count > 0 ? session.VpcEndpoints : grant.VpcEndpoints,
            RequireTls = session.RequireTls || grant.RequireTls,
            SessionTags = TagsOf(additions, query),
            Region = additions.Region ?? session.Region,
            S3Endpoint = additions.S3Endpoint ?? session.S3Endpoint,
            StsEndpoint = additions.StsEndpoint,
            ExternalId = additions.ExternalId,
            SourceIdentity = additions.SourceIdentity ? RoleSessionName.For(query.Namespace, query.Session.Metadata.Name) : null,
        };
    }

    /// <summary>For a session with an identity of its own: what AssumeRoleWithWebIdentity has no parameter for is not added.</summary>
    public static SessionTerms OfServiceAccount(GrantTerms grant, GrantQuery query) => Of(grant, query) with
    {
        SessionTags = [],
        ExternalId = null,
        SourceIdentity = null,
        ServiceAccount = query.Terms.ServiceAccount! with { Audience = grant.Additions.TokenAudience! },
    };

    /// <summary>The session's tags, the grant's and those of Kubernetes, ordered by key. No key is there twice: a grant allows no tag that it sets.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> TagsOf(GrantAdditions additions, GrantQuery query)
    {
        var kubernetes = additions.KubernetesTags ? KubernetesTags.Of(query.Session.Metadata, query.Cluster) : [];
        return [.. query.Terms.SessionTags.Concat(additions.Tags).Concat(kubernetes).OrderBy(tag => tag.Key, StringComparer.Ordinal)];
    }
}
