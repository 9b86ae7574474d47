using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ControllerRuntime.Watching;

/// <summary>
/// Reads a page of a list while it comes, UTF-8 as it is. Anybody may make their objects as large as the API server stores, 1.5 MiB each: no more of the text is
/// held than one object, and of each object what its type keeps.
/// </summary>
internal sealed class ListPageReader<T>(JsonTypeInfo<T> jsonType)
    where T : class
{
    private readonly List<T> _items = [];
    private readonly List<ObjectKey> _unreadable = [];
    private JsonReaderState _state = DeepJson.Start;
    private string _resourceVersion = "";
    private string _continue = "";
    private bool _isInItems;
    private long _leastToGoOn;

    /// <summary>Reads to the end.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="JsonException">The document is not a list.</exception>
    public async Task<ListPage<T>> ReadAsync(PipeReader body, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var taken = Take(read.Buffer, read.IsCompleted);
            if (read.IsCompleted) break;
            if (read.Buffer.Length - taken > ObjectReader.Longest) throw new JsonException("An object without an end.");
            body.AdvanceTo(read.Buffer.GetPosition(taken), read.Buffer.End);
        }

        return _resourceVersion.Length > 0 ? new(_resourceVersion, _continue, _items, _unreadable) : throw new JsonException("A list without a version.");
    }

    /// <summary>Takes every value that is there as a whole.</summary>
    /// <returns>How many bytes that was.</returns>
    private long Take(ReadOnlySequence<byte> buffer, bool isLast)
    {
        // What was not whole is looked at again once twice as much of it is there: else a large object would be read again with every packet.
        if (!isLast && buffer.Length < _leastToGoOn) return 0;
        var reader = DeepJson.Read(buffer, isLast, _state);
        long taken;
        do (_state, taken) = (reader.CurrentState, reader.BytesConsumed);
        while (TryTakeOne(ref reader, buffer));
        _leastToGoOn = 2 * (buffer.Length - taken);
        return taken;
    }

    private bool TryTakeOne(ref Utf8JsonReader reader, ReadOnlySequence<byte> buffer)
    {
        if (!reader.Read()) return false;
        if (_isInItems && reader.TokenType != JsonTokenType.EndArray) return TryTakeItem(ref reader, buffer);
        _isInItems = false;
        return reader.TokenType switch
        {
            JsonTokenType.PropertyName => TryTakeMember(ref reader, buffer),
            JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.EndArray => true,
            _ => throw new JsonException("Not a list."),
        };
    }

    private bool TryTakeMember(ref Utf8JsonReader reader, ReadOnlySequence<byte> buffer)
    {
        var isMetadata = reader.ValueTextEquals("metadata"u8);
        var isItems = reader.ValueTextEquals("items"u8);
        if (!reader.Read()) return false;
        _isInItems = isItems && reader.TokenType == JsonTokenType.StartArray;
        if (_isInItems) return true;
        if (!TryCut(ref reader, buffer, out var value)) return false;
        if (isMetadata) ReadMetadata(value);
        return true;
    }

    private bool TryTakeItem(ref Utf8JsonReader reader, ReadOnlySequence<byte> buffer)
    {
        if (!TryCut(ref reader, buffer, out var value)) return false;
        if (ObjectReader.TryRead(ref value, jsonType) is { } item) _items.Add(item);
        else _unreadable.Add(ObjectHeader.Read(value).Key);
        return true;
    }

    /// <summary>Cuts the value at the reader's token out, if the whole of it is there.</summary>
    private static bool TryCut(ref Utf8JsonReader reader, ReadOnlySequence<byte> buffer, out Utf8JsonReader value)
    {
        value = default;
        var start = reader.TokenStartIndex;
        if (!reader.TrySkip()) return false;
        value = DeepJson.Read(buffer.Slice(start, reader.BytesConsumed - start));
        return value.Read();
    }

    private void ReadMetadata(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion) _resourceVersion = reader.GetString() ?? "";
            else if (isContinue) _continue = reader.GetString() ?? "";
            else reader.Skip();
        }
    }
}
