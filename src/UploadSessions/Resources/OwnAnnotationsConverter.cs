using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>Keeps the annotations under <c>uploadsession.io/</c> and skips all others without materialising their values.</summary>
public sealed class OwnAnnotationsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return kept;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var ours = reader.GetString() is { } name && name.StartsWith(Resources.Annotations.Prefix, StringComparison.Ordinal) ? name : null;
            reader.Read();
            if (ours is not null && reader.TokenType == JsonTokenType.String)
                kept[ours] = reader.GetString()!;
            else
                reader.Skip();
        }

        return kept;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
            writer.WriteString(key, text);
        writer.WriteEndObject();
    }
}
