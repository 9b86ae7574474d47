using UploadSessions.Policy;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>A request that somebody wants explained.</summary>
internal sealed record ExplainRequest
{
    /// <summary>Such as <c>s3:PutObject</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The object's key; for actions on the bucket, the prefix that is listed.</summary>
    public required string Key { get; init; }

    /// <summary>The caller's address, if it has one.</summary>
    public string? SourceIp { get; init; }

    /// <summary>The VPC endpoint, if the request comes through one.</summary>
    public string? SourceVpce { get; init; }

    /// <summary>When the request is made.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whether it is made over plain HTTP.</summary>
    public bool Insecure { get; init; }

    /// <summary>The request as IAM would see it for that session.</summary>
    public AccessRequest On(SessionTerms terms)
    {
        var context = new Dictionary<string, string>
        {
            ["aws:CurrentTime"] = Rfc3339.Format(Time),
            ["aws:SecureTransport"] = Insecure ? "false" : "true",
        };
        if (SourceIp is not null)
            context["aws:SourceIp"] = SourceIp;
        if (SourceVpce is not null)
            context["aws:SourceVpce"] = SourceVpce;
        return new AccessRequest(Action, Resource(terms, context), context);
    }

    private string Resource(SessionTerms terms, Dictionary<string, string> context)
    {
        if (terms.KmsKey is { } key && Action.StartsWith("kms:", StringComparison.OrdinalIgnoreCase))
        {
            context["kms:ViaService"] = $"s3.{key.Region}.amazonaws.com";
            return key.Value;
        }

        if (!Action.Contains("Bucket", StringComparison.OrdinalIgnoreCase))
            return terms.Bucket.ObjectArnPrefix + Key;
        context["s3:prefix"] = Key;
        return terms.Bucket.ListArn;
    }
}
