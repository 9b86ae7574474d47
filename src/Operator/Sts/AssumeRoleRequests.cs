using Amazon.SecurityToken.Model;
using UploadSessions.Operator.Kubernetes;
using UploadSessions.Planning;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Sts;

/// <summary>Words an issuance as STS takes it.</summary>
internal static class AssumeRoleRequests
{
    /// <summary>The shortest life STS gives.</summary>
    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(15);

    /// <summary>With the operator's own identity.</summary>
    public static AssumeRoleRequest OfOperator(IssuanceRequest request, DateTimeOffset now)
    {
        var terms = request.Terms;
        var worded = new AssumeRoleRequest
        {
            RoleArn = terms.Role.Value,
            RoleSessionName = request.RoleSessionName,
            Policy = request.Policy.Json,
            DurationSeconds = SecondsOf(terms, now),
            ExternalId = terms.ExternalId,
            SourceIdentity = terms.SourceIdentity,
        };
        if (terms.SessionTags.Count > 0)
            worded.Tags = [.. terms.SessionTags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
        return worded;
    }

    /// <summary>With the identity that a token proves; there are no tags, external id or source identity then.</summary>
    public static AssumeRoleWithWebIdentityRequest OfServiceAccount(IssuanceRequest request, WebIdentityToken token, DateTimeOffset now) => new()
    {
        RoleArn = request.Terms.Role.Value,
        RoleSessionName = request.RoleSessionName,
        WebIdentityToken = token.Value,
        Policy = request.Policy.Json,
        DurationSeconds = SecondsOf(request.Terms, now),
    };

    /// <summary>No longer than to the session's end, as far as STS allows.</summary>
    public static int SecondsOf(SessionTerms terms, DateTimeOffset now)
    {
        var life = terms.End is { } end && end - now < terms.Duration ? end - now : terms.Duration;
        return (int)(life > ShortestLife ? life : ShortestLife).TotalSeconds;
    }
}
