using System.Text.Json;

namespace ControllerRuntime.Watching;

/// <summary>What every Kubernetes object's metadata starts with, read without parsing the object.</summary>
internal readonly record struct ObjectHeader(string Namespace, string Name, string ResourceVersion)
{
    public ObjectKey Key => new(Namespace, Name);

    /// <summary>Reads the header of the object that starts at the reader's token; the caller's reader stays where it is.</summary>
    public static ObjectHeader Read(Utf8JsonReader reader)
    {
        var header = new ObjectHeader("", "", "");
        if (reader.TokenType != JsonTokenType.StartObject) return header;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMetadata = reader.ValueTextEquals("metadata"u8);
            reader.Read();
            if (isMetadata && reader.TokenType == JsonTokenType.StartObject) return ReadMetadata(ref reader);
            reader.Skip();
        }

        return header;
    }

    private static ObjectHeader ReadMetadata(ref Utf8JsonReader reader)
    {
        var header = new ObjectHeader("", "", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("namespace"u8)) header = header with { Namespace = Text(ref reader) };
            else if (reader.ValueTextEquals("name"u8)) header = header with { Name = Text(ref reader) };
            else if (reader.ValueTextEquals("resourceVersion"u8)) header = header with { ResourceVersion = Text(ref reader) };
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return header;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString()!;
        reader.Skip();
        return "";
    }
}
