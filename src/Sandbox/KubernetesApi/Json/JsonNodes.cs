using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.KubernetesApi.Json;

/// <summary>Reading and writing of JSON nodes without ceremony.</summary>
internal static class JsonNodes
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonDocumentOptions ReaderOptions = new() { MaxDepth = 128 };

    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, documentOptions: ReaderOptions);

    public static JsonObject ParseObject(ReadOnlySpan<byte> utf8) => (JsonObject)Parse(utf8)!;

    public static byte[] ToUtf8(this JsonNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            node.WriteTo(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Compact text of a value, <c>null</c> for the JSON null.</summary>
    public static string ToText(this JsonNode? node) => node is null ? "null" : System.Text.Encoding.UTF8.GetString(node.ToUtf8());

    /// <summary>The string under a name, or null where it is absent or something else.</summary>
    public static string? Text(this JsonObject? parent, string name) => parent?[name].AsText();

    public static string? AsText(this JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static long? Integer(this JsonObject? parent, string name) =>
        parent?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && decimal.TryParse(value.ToText(), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (long)number
            : null;

    public static bool Flag(this JsonObject? parent, string name) => parent?[name]?.GetValueKind() == JsonValueKind.True;

    public static JsonObject? Child(this JsonObject? parent, string name) => parent?[name] as JsonObject;

    public static JsonArray? List(this JsonObject? parent, string name) => parent?[name] as JsonArray;

    /// <summary>The object under a name; made where absent.</summary>
    public static JsonObject Ensure(this JsonObject parent, string name)
    {
        if (parent[name] is JsonObject found)
        {
            return found;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    public static bool TryGet(this JsonObject parent, string name, [NotNullWhen(true)] out JsonNode? value) =>
        parent.TryGetPropertyValue(name, out value) && value is not null;

    public static JsonObject Copy(this JsonObject node) => (JsonObject)node.DeepClone();

    public static bool SameAs(this JsonNode? left, JsonNode? right) => JsonNode.DeepEquals(left, right);

    /// <summary>The objects of a list; anything else in it is passed over.</summary>
    public static IEnumerable<JsonObject> Objects(this JsonArray? list) => list?.OfType<JsonObject>() ?? [];

    /// <summary>The strings of a list.</summary>
    public static IEnumerable<string> Texts(this JsonArray? list) => list?.Select(AsText).OfType<string>() ?? [];

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
