using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>
/// Reads equal texts as one string, as far as it remembers them: ten thousand cached sessions have few namespaces, roles and reasons between them,
/// and most texts of an object stand in it twice. It remembers a bounded number and forgets whatever is in the way.
/// </summary>
internal sealed class SharedStrings : JsonConverter<string>
{
    private const int Slots = 4096;
    private const int Longest = 128;
    private readonly string?[] _slots = new string?[Slots];

    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader is { TokenType: JsonTokenType.String or JsonTokenType.PropertyName, HasValueSequence: false, ValueIsEscaped: false } && reader.ValueSpan.Length <= Longest
            ? Share(reader.ValueSpan)
            : reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options)!;

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    /// <summary>Two threads may put different strings into a slot: either is right.</summary>
    private string Share(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        ref var slot = ref _slots[hash.ToHashCode() & (Slots - 1)];
        if (slot is { } known && Ascii.Equals(utf8, known))
            return known;
        return slot = Encoding.UTF8.GetString(utf8);
    }
}
