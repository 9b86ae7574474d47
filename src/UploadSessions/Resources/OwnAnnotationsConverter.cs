using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>Keeps the annotations under <c>uploadsession.io/</c> and skips all others without materialising their values.</summary>
public sealed class OwnAnnotationsConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return ReadOnlyDictionary<string, string>.Empty;
        }

        var texts = (JsonConverter<string>)options.GetTypeInfo(typeof(string)).Converter;
        Dictionary<string, string>? kept = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = texts.Read(ref reader, typeof(string), options)!;
            reader.Read();
            if (name.StartsWith(Annotations.Prefix, StringComparison.Ordinal) && reader.TokenType == JsonTokenType.String)
                (kept ??= new(StringComparer.Ordinal))[name] = texts.Read(ref reader, typeof(string), options)!;
            else
                reader.Skip();
        }

        return kept is null ? ReadOnlyDictionary<string, string>.Empty : new OwnAnnotations([.. kept]);
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
