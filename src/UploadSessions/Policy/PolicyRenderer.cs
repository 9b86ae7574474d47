using System.Security.Cryptography;
using System.Text;
using UploadSessions.Specification;

namespace UploadSessions.Policy;

/// <summary>
/// Renders the session policy of checked terms: what the session may do and nothing else. The same terms give the same bytes.
/// <para>Network and TLS constraints stand on the S3 statements only. S3 calls KMS itself, from neither the caller's address nor its endpoint, and <c>kms:ViaService</c> already ties the key to requests that S3 accepted.</para>
/// </summary>
public static class PolicyRenderer
{
    /// <summary>The policy of a session. It may be larger than STS accepts: see <see cref="SessionPolicy.IsTooLarge"/>.</summary>
    public static SessionPolicy Render(SessionTerms terms)
    {
        var json = PolicyWriter.Write([.. Statements(terms)]);
        return new SessionPolicy(json, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))));
    }

    private static IEnumerable<RenderedStatement> Statements(SessionTerms terms)
    {
        var constraints = Constraints(terms).ToArray();
        if (AccessActions.OnObjects(terms.Access).ToArray() is { Length: > 0 } actions)
            yield return new RenderedStatement("Allow", actions, $"{terms.Bucket.ObjectArnPrefix}{PolicyEscape.Literal(terms.Prefix)}*", constraints);
        if (terms.Access.HasFlag(Access.List))
            yield return new RenderedStatement("Allow", ["s3:ListBucket"], terms.Bucket.ListArn, [.. ListCondition(terms.Prefix), .. constraints]);
        if (terms.KmsKey is { } key)
            yield return new RenderedStatement("Allow", AccessActions.OnKey, key.Value, [ViaS3(key)]);
        if (terms.End is { } end)
            yield return new RenderedStatement("Deny", ["*"], "*", [new("DateGreaterThanEquals", "aws:CurrentTime", [Rfc3339.Format(end)])]);
    }

    private static IEnumerable<RenderedCondition> Constraints(SessionTerms terms)
    {
        if (terms.SourceIps.Count > 0)
            yield return new RenderedCondition("IpAddress", "aws:SourceIp", terms.SourceIps);
        if (terms.VpcEndpoints.Count > 0)
            yield return new RenderedCondition("StringEquals", "aws:SourceVpce", terms.VpcEndpoints);
        if (terms.RequireTls)
            yield return new RenderedCondition("Bool", "aws:SecureTransport", ["true"]);
    }

    private static IEnumerable<RenderedCondition> ListCondition(string prefix)
    {
        if (prefix.Length > 0)
            yield return new RenderedCondition("StringLike", "s3:prefix", [$"{PolicyEscape.Literal(prefix)}*"]);
    }

    /// <summary>The service's host name as KMS compares it: <c>amazonaws.com</c> in every partition (AWS KMS Developer Guide, "kms:ViaService").</summary>
    private static RenderedCondition ViaS3(KmsKeyArn key) =>
        new("StringEquals", "kms:ViaService", [$"s3.{key.Region}.amazonaws.com"]);
}
