using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>Source-generated JSON for the resource types: camelCase, null fields left out. Generated readers pass null to init accessors of absent fields instead of keeping initializers, so the accessors of non-null properties restore their defaults. Documents may be nested as deeply as the API server stores them, 10,000 levels: who may write an object may nest its managedFields.</summary>
[JsonSourceGenerationOptions(
    MaxDepth = 16 * 1024,
    Converters = [typeof(KubernetesTimeConverter)],
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UploadSession))]
[JsonSerializable(typeof(UploadGrant))]
[JsonSerializable(typeof(NamespaceMetadata))]
[JsonSerializable(typeof(SecretMetadata))]
[JsonSerializable(typeof(ServiceAccountMetadata))]
public sealed partial class ResourceJson : JsonSerializerContext
{
    /// <summary>The same for a cache of many objects: equal texts are read as one string (<see cref="SharedStrings"/>).</summary>
    public static ResourceJson ForCache() => new(new JsonSerializerOptions(Default.Options) { Converters = { new SharedStrings() } });
}
