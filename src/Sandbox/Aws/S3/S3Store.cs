namespace Sandbox.Aws.S3;

/// <summary>The buckets.</summary>
public sealed class S3Store
{
    private readonly Dictionary<string, SandboxBucket> _buckets;

    internal S3Store(IEnumerable<string> buckets) =>
        _buckets = buckets.ToDictionary(name => name, _ => new SandboxBucket(), StringComparer.Ordinal);

    /// <summary>Their names.</summary>
    public IEnumerable<string> Names => _buckets.Keys.Order(StringComparer.Ordinal);

    /// <summary>A bucket that exists.</summary>
    /// <exception cref="AwsException">NoSuchBucket.</exception>
    public SandboxBucket this[string name] => _buckets.GetValueOrDefault(name) ?? throw S3Errors.NoSuchBucket;
}
