namespace Sandbox.Aws.S3;

/// <summary>Which request headers of an upload are kept with the object, and what they also say.</summary>
internal static class ObjectHeaders
{
    private static readonly string[] Kept = ["content-type", "content-disposition", "content-language", "cache-control", "expires"];

    /// <summary>The headers that a GET gives back.</summary>
    public static Dictionary<string, string> Of(S3Call call)
    {
        var kept = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in call.RequestHeaders)
        {
            if (Kept.Contains(name, StringComparer.OrdinalIgnoreCase)
                || name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("x-amz-server-side-encryption", StringComparison.OrdinalIgnoreCase))
                kept[name] = value.ToString();
        }

        // aws-chunked is how it was sent, not how it is stored.
        var encoding = (call.Header("content-encoding") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(part => part != "aws-chunked").ToArray();
        if (encoding.Length > 0)
            kept["content-encoding"] = string.Join(',', encoding);
        return kept;
    }

    /// <summary>What headers put beside the object: tags, a canned acl, object lock.</summary>
    public static Dictionary<string, string> Subresources(S3Call call)
    {
        var subresources = new Dictionary<string, string>();
        if (call.Header("x-amz-tagging") is { } tags)
            subresources[ObjectSubresources.Tagging] = ObjectSubresources.TaggingDocument(tags);
        if (call.Header("x-amz-acl") is { } acl)
            subresources[ObjectSubresources.Acl] = ObjectSubresources.CannedAcl(acl);
        if (call.Header("x-amz-object-lock-mode") is { } mode && call.Header("x-amz-object-lock-retain-until-date") is { } until)
            subresources[ObjectSubresources.Retention] = ObjectSubresources.RetentionDocument(mode, until);
        if (call.Header("x-amz-object-lock-legal-hold") is { } hold)
            subresources[ObjectSubresources.LegalHold] = ObjectSubresources.LegalHoldDocument(hold);
        return subresources;
    }
}
