using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ControllerRuntime.Connection;

namespace ControllerRuntime.Watching;

/// <summary>Parses the lines of a watch, UTF-8 as it came.</summary>
internal static class WatchLine
{
    /// <summary>Parses one line. An object that is not what its type says gives an event without an item.</summary>
    /// <exception cref="JsonException">The line is not a watch event at all.</exception>
    public static WatchEvent<T> Parse<T>(ReadOnlySequence<byte> line, JsonTypeInfo<T> jsonType)
        where T : class
    {
        var reader = DeepJson.Read(line);
        var type = WatchEventType.Unknown;
        Utf8JsonReader subject = default;
        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType) type = TypeOf(ref reader);
            if (isObject) subject = reader;
            reader.Skip();
        }

        if (subject.TokenType != JsonTokenType.StartObject) throw new JsonException("A watch event without an object.");
        return Read(type, subject, jsonType);
    }

    private static WatchEvent<T> Read<T>(WatchEventType type, Utf8JsonReader subject, JsonTypeInfo<T> jsonType)
        where T : class
    {
        switch (type)
        {
            case WatchEventType.Error:
                var status = JsonSerializer.Deserialize(ref subject, ConnectionJson.Default.ApiStatus)!;
                return new(type, null, default, ApiException.From(status));
            case WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted:
                var item = ObjectReader.TryRead(ref subject, jsonType);
                return new(type, item, item is null ? ObjectHeader.Read(subject) : default, null);
            default:
                return new(type, null, ObjectHeader.Read(subject), null);
        }
    }

    private static WatchEventType TypeOf(ref Utf8JsonReader reader) =>
        reader.TokenType != JsonTokenType.String ? WatchEventType.Unknown
        : reader.ValueTextEquals("ADDED"u8) ? WatchEventType.Added
        : reader.ValueTextEquals("MODIFIED"u8) ? WatchEventType.Modified
        : reader.ValueTextEquals("DELETED"u8) ? WatchEventType.Deleted
        : reader.ValueTextEquals("BOOKMARK"u8) ? WatchEventType.Bookmark
        : reader.ValueTextEquals("ERROR"u8) ? WatchEventType.Error
        : WatchEventType.Unknown;

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token) throw new JsonException("Not a watch event.");
    }
}
