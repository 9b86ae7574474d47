using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ControllerRuntime.Watching;

/// <summary>Reads one object out of a larger document.</summary>
internal static class ObjectReader
{
    /// <summary>In bytes. No object is larger than etcd's request limit, 1.5 MiB by default, though its JSON may be longer; what goes on beyond this is none.</summary>
    public const long Longest = 32 * 1024 * 1024;

    /// <summary>Reads the object at the reader's token. Where it cannot be parsed: null, and the reader stays at its start (documented behaviour of JsonSerializer).</summary>
    public static T? TryRead<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> jsonType)
        where T : class
    {
        var start = reader;
        try
        {
            return JsonSerializer.Deserialize(ref reader, jsonType);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or ArgumentException or OverflowException or NotSupportedException)
        {
            reader = start;
            return null;
        }
    }
}
