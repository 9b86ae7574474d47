using System.Text.Json;
using System.Text.Json.Serialization;

namespace ControllerRuntime.Leadership;

/// <summary>A Lease of coordination.k8s.io/v1. What others put on it is kept by an update.</summary>
internal sealed record LeaseObject
{
    public string ApiVersion { get; init; } = "coordination.k8s.io/v1";

    public string Kind { get; init; } = "Lease";

    public required LeaseMetadata Metadata { get; init; }

    public LeaseSpec? Spec { get; init; }
}

/// <summary>A Lease's metadata; its resourceVersion makes an update conditional.</summary>
internal sealed record LeaseMetadata
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public string? ResourceVersion { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>A Lease's spec (Kubernetes API Reference, "LeaseSpec").</summary>
internal sealed record LeaseSpec
{
    /// <summary>Absent where nobody holds the lease: newer servers refuse an empty one.</summary>
    public string? HolderIdentity { get; init; }

    public int? LeaseDurationSeconds { get; init; }

    /// <summary>A MicroTime: RFC 3339 with exactly six digits of a second.</summary>
    public string? AcquireTime { get; init; }

    public string? RenewTime { get; init; }

    public int? LeaseTransitions { get; init; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }
}

/// <summary>Source-generated JSON of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LeaseObject))]
internal sealed partial class LeaseJson : JsonSerializerContext;
