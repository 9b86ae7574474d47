using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ControllerRuntime.Watching;

/// <summary>One page of a list.</summary>
/// <param name="ResourceVersion">The version the whole list is of.</param>
/// <param name="Continue">Asks for the next page; empty on the last.</param>
/// <param name="Items">The objects that could be parsed.</param>
/// <param name="Unreadable">The keys of those that could not.</param>
internal sealed record ListPage<T>(string ResourceVersion, string Continue, List<T> Items, List<ObjectKey> Unreadable)
    where T : class
{
    /// <summary>Parses a page, UTF-8 as it came.</summary>
    /// <exception cref="JsonException">The document is not a list.</exception>
    public static ListPage<T> Parse(ReadOnlySequence<byte> document, JsonTypeInfo<T> jsonType)
    {
        var reader = DeepJson.Read(document);
        var page = new ListPage<T>("", "", [], []);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("Not a list.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            var isItems = reader.ValueTextEquals("items"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject) page = page.WithMetadata(ref reader);
            else if (isItems && reader.TokenType == JsonTokenType.StartArray) page.ReadItems(ref reader, jsonType);
            else reader.Skip();
        }

        return page.ResourceVersion.Length > 0 ? page : throw new JsonException("A list without a version.");
    }

    private ListPage<T> WithMetadata(ref Utf8JsonReader reader)
    {
        var page = this;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion) page = page with { ResourceVersion = reader.GetString() ?? "" };
            else if (isContinue) page = page with { Continue = reader.GetString() ?? "" };
            else reader.Skip();
        }

        return page;
    }

    private void ReadItems(ref Utf8JsonReader reader, JsonTypeInfo<T> jsonType)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (ObjectReader.TryRead(ref reader, jsonType) is { } item)
            {
                Items.Add(item);
                continue;
            }

            Unreadable.Add(ObjectHeader.Read(reader).Key);
            reader.Skip();
        }
    }
}
