using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Tests;

/// <summary>Sessions for tests.</summary>
internal static class Sessions
{
    public const string Role = "arn:aws:iam::123456789012:role/uploads";

    public static readonly SpecDefaults Aws = new("eu-central-1");

    public static readonly SpecDefaults AwsWithServiceAccounts = Aws with { TokenAudience = ServiceAccountIdentity.AwsAudience };

    public static readonly SpecDefaults Custom = new("default", new Uri("http://store.example:9000"));

    public static readonly DateTimeOffset Created = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The least a spec must say.</summary>
    public static readonly UploadSessionSpec Minimal = new() { RoleArn = Role, Bucket = "landing" };

    public static UploadSession With(UploadSessionSpec spec) => new()
    {
        Metadata = new ObjectMeta { Name = "nightly-export", Namespace = "team-a", Uid = "5f1c", CreationTimestamp = Created },
        Spec = spec,
    };

    public static SpecResult Read(UploadSessionSpec spec, SpecDefaults? defaults = null) => SpecReader.Read(With(spec), defaults ?? Aws);

    public static SessionTerms Terms(UploadSessionSpec spec, SpecDefaults? defaults = null)
    {
        var result = Read(spec, defaults);
        result.Errors.ShouldBeEmpty();
        return result.Terms.ShouldNotBeNull();
    }
}
