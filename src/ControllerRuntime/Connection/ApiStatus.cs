using System.Text.Json.Serialization;

namespace ControllerRuntime.Connection;

/// <summary>The members of a Kubernetes Status that are used (Kubernetes API Reference, "Status").</summary>
internal sealed record ApiStatus
{
    public int Code { get; init; }

    public string? Reason { get; init; }

    public string? Message { get; init; }

    public ApiStatusDetails? Details { get; init; }
}

/// <summary>The part of a Status's details that is used.</summary>
internal sealed record ApiStatusDetails
{
    public int RetryAfterSeconds { get; init; }
}

/// <summary>Source-generated JSON of this folder.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ApiStatus))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
