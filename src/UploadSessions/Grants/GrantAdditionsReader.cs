using System.Text.RegularExpressions;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Grants;

/// <summary>Reads <c>spec.session</c>: what the grant adds.</summary>
internal static partial class GrantAdditionsReader
{
    private const string Field = "spec.session";

    /// <param name="session">The spec.</param>
    /// <param name="allowedTags">The keys that sessions may set, which the grant itself may not.</param>
    /// <param name="errors">Where errors go.</param>
    public static GrantAdditions Read(GrantSession? session, IEnumerable<string> allowedTags, SpecErrors errors)
    {
        if (session is null)
            return GrantAdditions.None;
        var kubernetesTags = session.KubernetesTags ?? false;
        var mostTags = SessionTagsReader.MaxTags - (kubernetesTags ? KubernetesTags.Count : 0);
        return new GrantAdditions
        {
            ExternalId = ReadExternalId(session.ExternalId, errors),
            Tags = GrantTagsReader.Static($"{Field}.tags", session.Tags, allowedTags, mostTags, errors),
            KubernetesTags = kubernetesTags,
            SourceIdentity = session.SourceIdentity ?? false,
            Region = NamesReader.Region($"{Field}.region", session.Region, errors),
            StsEndpoint = ReadEndpoint($"{Field}.stsEndpoint", session.StsEndpoint, errors),
            TokenAudience = ReadAudience(session, errors),
            S3Endpoint = ReadEndpoint($"{Field}.s3Endpoint", session.S3Endpoint, errors),
        };
    }

    private static string? ReadExternalId(string? text, SpecErrors errors)
    {
        // Not shown: whoever knows it passes the role's check.
        if (text is not null && !ExternalId().IsMatch(text))
            errors.Add($"{Field}.externalId", "(not shown)", "is not an external id; accepted are 2 to 1224 ASCII letters, digits and _+=,.@:/-");
        return text;
    }

    /// <summary>Only for an endpoint of the grant's own: the operator's has one already.</summary>
    private static string? ReadAudience(GrantSession session, SpecErrors errors)
    {
        if (session.TokenAudience is { } audience)
        {
            const string AudienceField = $"{Field}.tokenAudience";
            if (Specification.TokenAudience.ProblemElsewhere(audience) is { } problem)
                errors.Add(AudienceField, audience, problem);
            else if (session.StsEndpoint is null)
                errors.Add(AudienceField, audience, "is for the STS of this grant, and there is none; accepted is an audience together with stsEndpoint");
        }

        return session.TokenAudience;
    }

    private static Uri? ReadEndpoint(string field, string? text, SpecErrors errors)
    {
        if (text is null)
            return null;
        var uri = StoreEndpoint.Read(text, out var problem);
        if (problem is not null)
            errors.Add(field, StoreEndpoint.Shown(text), $"{problem}; accepted is {StoreEndpoint.Accepted}");
        return uri;
    }

    // AWS STS API Reference, "AssumeRole": ExternalId. The \w there is ASCII.
    [GeneratedRegex(@"\A[A-Za-z0-9_+=,.@:/-]{2,1224}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex ExternalId();
}
