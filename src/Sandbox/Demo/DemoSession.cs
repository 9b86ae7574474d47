using System.Globalization;

namespace Sandbox.Demo;

/// <summary>The names that the story is told with.</summary>
internal static class DemoSession
{
    public const string Region = "us-east-1";
    public const string Namespace = "team-a";
    public const string Name = "nightly-export";
    public const string Playground = "playground";
    public const string Role = "arn:aws:iam::123456789012:role/uploads";
    public const string Bucket = "team-a-landing";
    public const string OtherBucket = "team-b-landing";
    public const string Prefix = "exports/2026/";

    /// <summary>The role may do anything with any object: what the session may not do, its session policy forbids.</summary>
    public const string RolePolicy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}""";

    /// <summary>How long the sandbox's credentials live, whatever is asked for.</summary>
    public static readonly TimeSpan CredentialLifetime = TimeSpan.FromSeconds(10);

    /// <summary>How long they live once the session has an end: past it, so that what refuses them is the policy and not their age.</summary>
    public static readonly TimeSpan CredentialLifetimePastEnd = TimeSpan.FromMinutes(1);

    /// <summary>An UploadSession to apply.</summary>
    public static string Manifest(string name) => $"""
        apiVersion: uploadsession.io/v1alpha1
        kind: UploadSession
        metadata:
          name: {name}
          namespace: {Namespace}
        spec:
          roleArn: {Role}
          bucket: {Bucket}
          prefix: {Prefix}
          access: [Upload]

        """;

    /// <summary>A merge patch that sets the session's end.</summary>
    public static string EndPatch(DateTimeOffset end) =>
        $$$"""{"spec":{"endsAt":"{{{end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}}"}}""";
}
