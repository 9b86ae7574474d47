namespace UploadSessions.Policy;

/// <summary>A request to be judged by a policy.</summary>
/// <param name="Action">Such as <c>s3:PutObject</c>.</param>
/// <param name="Resource">The ARN of the object, bucket or key.</param>
/// <param name="Context">What is known of the request, by IAM's names: <c>aws:SourceIp</c>, <c>aws:SourceVpce</c>, <c>aws:SecureTransport</c>, <c>aws:CurrentTime</c>, <c>s3:prefix</c>, <c>kms:ViaService</c>. Names are compared without case.</param>
public sealed record AccessRequest(string Action, string Resource, IReadOnlyDictionary<string, string> Context)
{
    /// <summary>The context value of that name; null where the request has none.</summary>
    internal string? Find(string key)
    {
        if (Context.TryGetValue(key, out var exact))
            return exact;
        foreach (var (name, value) in Context)
        {
            if (name.Equals(key, StringComparison.OrdinalIgnoreCase))
                return value;
        }

        return null;
    }
}
