using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>
/// Reads <c>metadata.managedFields</c> and keeps what the Apply entry of this operator's field manager owns
/// (Kubernetes documentation, "Server-Side Apply": a field that somebody else overwrote has left our entry).
/// </summary>
public sealed class OwnedFieldsConverter : JsonConverter<OwnedFields>
{
    /// <inheritdoc/>
    public override OwnedFields Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var owned = OwnedFields.None;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return owned;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                owned = new(owned.Bits | ReadEntry(ref reader).Bits);
            else
                reader.Skip();
        }

        return owned;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, OwnedFields value, JsonSerializerOptions options) => writer.WriteNullValue();

    private static OwnedFields ReadEntry(ref Utf8JsonReader reader)
    {
        bool manager = false, apply = false;
        var fields = OwnedFields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("manager"u8))
                manager = ReadIs(ref reader, Annotations.FieldManager);
            else if (reader.ValueTextEquals("operation"u8))
                apply = ReadIs(ref reader, "Apply");
            else if (reader.ValueTextEquals("fieldsV1"u8))
                fields = ReadFields(ref reader);
            else
                reader.Skip();
        }

        return manager && apply ? fields : OwnedFields.None;
    }

    private static bool ReadIs(ref Utf8JsonReader reader, string text)
    {
        reader.Read();
        var same = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text);
        reader.Skip();
        return same;
    }

    /// <summary>Collects the names below <c>f:data</c>, <c>f:annotations</c> and <c>f:labels</c>; our names occur nowhere else.</summary>
    private static OwnedFields ReadFields(ref Utf8JsonReader reader)
    {
        var fields = OwnedFields.None;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return fields;
        }

        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth > depth + 1)
                fields = fields.WithElement(ref reader);
        }

        return fields;
    }
}
