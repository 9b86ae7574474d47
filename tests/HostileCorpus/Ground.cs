using System.Text.Json;
using System.Text.Json.Nodes;
using UploadSessions.Resources;

namespace HostileCorpus;

/// <summary>What every case starts from: a session that its grant allows, and that grant, which allows little more.</summary>
public static class Ground
{
    public const string Role = "arn:aws:iam::123456789012:role/uploads";
    public const string Bucket = "landing";
    public const string Prefix = "in/";
    public const string ExternalId = "ext-1";

    /// <summary>Where requests must come from.</summary>
    public const string SourceIps = "127.0.0.0/8";

    /// <summary>The tag that a session may set, with its value.</summary>
    public static readonly KeyValuePair<string, string> Tag = new("project", "atlas");

    /// <summary>The tag that the grant sets.</summary>
    public static readonly KeyValuePair<string, string> GrantTag = new("team", "a");

    private static readonly string[] Accesses = ["Upload", "List"];

    /// <summary>A spec that is allowed.</summary>
    public static UploadSessionSpec Spec { get; } = new() { RoleArn = Role, Bucket = Bucket, Prefix = Prefix, Access = Accesses };

    /// <summary>The same as JSON.</summary>
    public static JsonObject SpecJson() => JsonSerializer.SerializeToNode(Spec, ResourceJson.Default.UploadSessionSpec)!.AsObject();

    /// <summary>The only grant of a namespace.</summary>
    public static UploadGrantSpec Grant(string ns) => new()
    {
        Namespaces = new() { Names = [ns] },
        RoleArns = [Role],
        Targets = [new() { Bucket = Bucket, Prefix = Prefix, Access = Accesses }],
        MaxDuration = "1h",
        RequireConstraints = new() { SourceIps = [SourceIps] },
        AllowedSessionTags = new Dictionary<string, IReadOnlyList<string>> { [Tag.Key] = [Tag.Value] },
        Session = new() { ExternalId = ExternalId, Tags = new Dictionary<string, string> { [GrantTag.Key] = GrantTag.Value }, KubernetesTags = true },
    };

    /// <summary>The same as JSON.</summary>
    public static JsonObject GrantJson(string ns) => JsonSerializer.SerializeToNode(Grant(ns), ResourceJson.Default.UploadGrantSpec)!.AsObject();

    /// <summary>The most that a session of the grant may do, whatever it asks for.</summary>
    public static Bounds GrantBounds { get; } = new() { Bucket = Bucket, Prefix = Prefix, Access = Accesses, SourceIps = [SourceIps] };
}
