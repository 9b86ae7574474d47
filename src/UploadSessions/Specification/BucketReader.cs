using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>Reads a bucket: a general-purpose bucket's name or the ARN of an access point.</summary>
internal static class BucketReader
{
    public static BucketTarget? Read(string field, string? text, RoleArn? role, SpecErrors errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            errors.AddMissing(field, $"{BucketName.Accepted}, or {AccessPointReader.Accepted}");
            return null;
        }

        if (text.StartsWith("arn:", StringComparison.Ordinal))
            return AccessPointReader.Read(field, text, role, errors);
        if (BucketName.Problem(text) is { } problem)
        {
            errors.Add(field, text, problem);
            return null;
        }

        // Without a role the ARN is not used: a session without one is invalid, a grant's target is compared by its name.
        var arn = $"arn:{role?.Partition ?? "aws"}:s3:::{text}";
        return new BucketTarget(text, arn, $"{arn}/");
    }
}
