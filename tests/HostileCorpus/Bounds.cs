using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>What a policy may allow at most, said without any code of the operator.</summary>
public sealed record Bounds
{
    private const string DefaultAccess = "Upload";

    /// <summary>A bucket's name, or an access point's ARN.</summary>
    public required string Bucket { get; init; }

    /// <summary>What keys begin with, character by character.</summary>
    public required string Prefix { get; init; }

    /// <summary>Kinds of access.</summary>
    public required IReadOnlyList<string> Access { get; init; }

    /// <summary>The partition of ARNs.</summary>
    public string Partition { get; init; } = "aws";

    /// <summary>The only key, if any.</summary>
    public string? KmsKeyArn { get; init; }

    /// <summary>The ranges that requests must come from, if any.</summary>
    public IReadOnlyList<string> SourceIps { get; init; } = [];

    /// <summary>The VPC endpoints that requests must come through, if any.</summary>
    public IReadOnlyList<string> VpcEndpoints { get; init; } = [];

    /// <summary>Whether requests must use TLS.</summary>
    public bool RequireTls { get; init; }

    /// <summary>Whether the policy ends.</summary>
    public bool Ends { get; init; }

    /// <summary>The ARN of the bucket.</summary>
    public string BucketArn => Bucket.StartsWith("arn:", StringComparison.Ordinal) ? Bucket : $"arn:{Partition}:s3:::{Bucket}";

    /// <summary>What the ARN of every object begins with.</summary>
    public string ObjectArns => Bucket.StartsWith("arn:", StringComparison.Ordinal) ? $"{Bucket}/object/" : $"{BucketArn}/";

    /// <summary>What a spec that was accepted asks for, word for word.</summary>
    public static Bounds Of(UploadSessionSpec spec)
    {
        var role = spec.RoleArn!.Split(':');
        return new()
        {
            Bucket = spec.Bucket!,
            Prefix = spec.Prefix ?? "",
            Access = spec.Access ?? [DefaultAccess],
            Partition = role[1] == "minio" || role[4].Length == 0 ? "aws" : role[1],
            KmsKeyArn = spec.KmsKeyArn,
            SourceIps = spec.Constraints?.SourceIps ?? [],
            VpcEndpoints = spec.Constraints?.VpcEndpoints ?? [],
            RequireTls = spec.Constraints?.RequireTls ?? false,
            Ends = spec.EndsAt is not null || spec.Lifetime is not null,
        };
    }
}
