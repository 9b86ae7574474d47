using System.Collections.ObjectModel;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace UploadSessions.Resources;

/// <summary>
/// Keeps the annotations that this operator reads and skips all others without materialising their values. Who may write an object may give it 256 KiB
/// of annotations (Kubernetes documentation, "Annotations"), and a cache keeps what is kept here for each: no value is longer than <see cref="Annotations.LongestValue"/>.
/// </summary>
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
            var name = NameOf(reader);
            reader.Read();
            if (name is null || reader.TokenType != JsonTokenType.String)
                reader.Skip();
            else if (Brief(name, texts.Read(ref reader, typeof(string), options)!) is { } value)
                (kept ??= new(StringComparer.Ordinal))[name] = value;
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

    /// <summary>The name that the reader stands on; null where it is none of ours.</summary>
    private static string? NameOf(in Utf8JsonReader reader)
    {
        foreach (var name in Annotations.Names)
        {
            if (reader.ValueTextEquals(name))
                return name;
        }

        return null;
    }

    /// <summary>The operator writes nothing that is too long. Of people a new renew request is all that is asked for, and its hash is new as well.</summary>
    private static string? Brief(string name, string value) =>
        value.Length <= Annotations.LongestValue ? value
        : name == Annotations.RenewRequest ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)))
        : null;
}
