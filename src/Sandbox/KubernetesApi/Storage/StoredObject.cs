using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Storage;

/// <summary>One version of an object: immutable bytes, and the few facts that are asked for often.</summary>
internal sealed class StoredObject
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly int _bareFrom;
    private readonly Range _metadata;

    /// <summary>Freezes an object at a version; 0 for one that was never stored (a dry run). The node is not kept.</summary>
    public StoredObject(ObjectKey key, long version, JsonObject obj)
    {
        Key = key;
        Version = version;
        obj.Meta().Put("resourceVersion", version == 0 ? null : version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Uid = obj.Uid();
        IsBeingDeleted = obj.IsBeingDeleted();
        Labels = obj.Child("metadata").Child("labels")?.ToDictionary(pair => pair.Key, pair => pair.Value.AsText() ?? "") ?? [];
        OwnerUids = [.. obj.Child("metadata").List("ownerReferences").Objects().Select(owner => owner.Text("uid")).OfType<string>()];
        Json = Write(obj, out _bareFrom, out _metadata);
    }

    public ObjectKey Key { get; }

    /// <summary>The resourceVersion: the store's version at the write.</summary>
    public long Version { get; }

    public string Uid { get; }

    public bool IsBeingDeleted { get; }

    public IReadOnlyDictionary<string, string> Labels { get; }

    public IReadOnlyList<string> OwnerUids { get; }

    /// <summary>The whole object.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>What follows <c>{"apiVersion":…,"kind":…,</c>: lists of built-in kinds leave these two out of their items.</summary>
    public ReadOnlyMemory<byte> JsonWithoutType => Json[_bareFrom..];

    /// <summary>The value of <c>metadata</c>.</summary>
    public ReadOnlyMemory<byte> MetadataJson => Json[_metadata];

    /// <summary>A copy to read and change at will.</summary>
    public JsonObject Read() => JsonNodes.ParseObject(Json.Span);

    private static byte[] Write(JsonObject obj, out int bareFrom, out Range metadata)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("apiVersion", obj.Text("apiVersion"));
        writer.WriteString("kind", obj.Text("kind"));
        writer.Flush();
        bareFrom = buffer.WrittenCount + 1;
        writer.WritePropertyName("metadata");
        writer.Flush();
        var from = buffer.WrittenCount;
        obj.Meta().WriteTo(writer);
        writer.Flush();
        metadata = from..buffer.WrittenCount;
        foreach (var (name, value) in obj)
        {
            if (name is "apiVersion" or "kind" or "metadata")
            {
                continue;
            }

            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonNode? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
