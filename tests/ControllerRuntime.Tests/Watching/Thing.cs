using System.Text.Json.Serialization;

namespace ControllerRuntime.Tests.Watching;

/// <summary>A resource for tests.</summary>
public sealed record Thing
{
    public ThingMetadata Metadata { get; init; } = new();

    public ThingSpec Spec { get; init; } = new();

    public ObjectKey Key => new(Metadata.Namespace, Metadata.Name);
}

public sealed record ThingMetadata
{
    public string Name { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string ResourceVersion { get; init; } = "";
}

public sealed record ThingSpec
{
    public int Size { get; init; }

    public string Owner { get; init; } = "";

    /// <summary>Cannot be read: JSON says nothing of what stands behind an interface.</summary>
    public IFormattable? Rank { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Thing))]
internal sealed partial class ThingJson : JsonSerializerContext;
