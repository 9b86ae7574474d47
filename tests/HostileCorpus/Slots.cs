using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>A place of the spec that takes text.</summary>
/// <param name="Field">The field that an error names.</param>
/// <param name="Good">A text that is accepted there.</param>
/// <param name="Put">Puts a text there.</param>
public sealed record Slot(string Field, string Good, Func<UploadSessionSpec, string, UploadSessionSpec> Put);

/// <summary>Every field of the spec that takes text, names and values of tags apart.</summary>
public static class Slots
{
    public static IReadOnlyList<Slot> All { get; } =
    [
        new("spec.roleArn", Ground.Role, (spec, text) => spec with { RoleArn = text }),
        new("spec.bucket", Ground.Bucket, (spec, text) => spec with { Bucket = text }),
        new("spec.prefix", Ground.Prefix, (spec, text) => spec with { Prefix = text }),
        new("spec.access", "Upload", (spec, text) => spec with { Access = [text] }),
        new("spec.kmsKeyArn", "arn:aws:kms:eu-central-1:123456789012:key/1234abcd", (spec, text) => spec with { KmsKeyArn = text }),
        new("spec.constraints.sourceIps", "127.0.0.0/8", (spec, text) => spec with { Constraints = new() { SourceIps = [text] } }),
        new("spec.constraints.vpcEndpoints", "vpce-1", (spec, text) => spec with { Constraints = new() { VpcEndpoints = [text] } }),
        new("spec.serviceAccountName", "default", (spec, text) => spec with { ServiceAccountName = text }),
        new("spec.duration", "1h", (spec, text) => spec with { Duration = text }),
        new("spec.renewBefore", "20m", (spec, text) => spec with { RenewBefore = text }),
        new("spec.endsAt", "2999-12-01T00:00:00Z", (spec, text) => spec with { EndsAt = text }),
        new("spec.lifetime", "8h", (spec, text) => spec with { Lifetime = text }),
        new("spec.sessionTags", Ground.Tag.Key, (spec, text) => spec with { SessionTags = new Dictionary<string, string> { [text] = Ground.Tag.Value } }),
        new("spec.sessionTags", Ground.Tag.Value, (spec, text) => spec with { SessionTags = new Dictionary<string, string> { [Ground.Tag.Key] = text } }),
        new("spec.region", "us-east-1", (spec, text) => spec with { Region = text }),
        new("spec.secretName", "export", (spec, text) => spec with { SecretName = text }),
    ];
}
