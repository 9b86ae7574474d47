using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Json;

namespace Sandbox.KubernetesApi.Protobuf;

/// <summary>
/// Bodies of <c>application/vnd.kubernetes.protobuf</c> (Kubernetes documentation, "Kubernetes API Concepts"): Go clients send
/// built-in kinds so, kubectl create among them. Answers are always JSON.
/// </summary>
internal static class ProtoObjects
{
    public const string MediaType = "application/vnd.kubernetes.protobuf";

    private static readonly byte[] Magic = "k8s\0"u8.ToArray();
    private static readonly Dictionary<int, ProtoField> TypeMeta = new() { [1] = new("apiVersion", ProtoKind.Text), [2] = new("kind", ProtoKind.Text) };
    private static readonly Dictionary<int, ProtoField> Timestamp = new() { [1] = new("seconds", ProtoKind.Integer), [2] = new("nanos", ProtoKind.Integer) };
    private static readonly Dictionary<int, ProtoField> TextEntry = new() { [1] = new("key", ProtoKind.Text), [2] = new("value", ProtoKind.Text) };
    private static readonly Dictionary<int, ProtoField> BytesEntry = new() { [1] = new("key", ProtoKind.Text), [2] = new("value", ProtoKind.Bytes) };

    /// <exception cref="FormatException">Not of this form, or a kind that is not known here.</exception>
    public static JsonObject Read(ReadOnlySpan<byte> body)
    {
        if (!body.StartsWith(Magic))
        {
            throw new FormatException("protobuf: the magic number is missing");
        }

        var (apiVersion, kind, raw) = ReadEnvelope(body[Magic.Length..]);
        var fields = ProtoMessages.Find(apiVersion, kind) ?? throw new FormatException($"protobuf: {apiVersion} {kind} is not known here");
        var obj = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind };
        ReadInto(obj, new ProtoReader(raw), fields);
        return obj;
    }

    /// <summary>The message Unknown of apimachinery's runtime package.</summary>
    private static (string ApiVersion, string Kind, byte[] Raw) ReadEnvelope(ReadOnlySpan<byte> body)
    {
        var type = new JsonObject();
        byte[] raw = [];
        var reader = new ProtoReader(body);
        while (!reader.IsAtEnd)
        {
            switch (reader.ReadTag())
            {
                case (1, 2):
                    ReadInto(type, new ProtoReader(reader.ReadBytes()), TypeMeta);
                    break;
                case (2, 2):
                    raw = reader.ReadBytes().ToArray();
                    break;
                case var (_, wireType):
                    reader.Skip(wireType);
                    break;
            }
        }

        return (type.Text("apiVersion") ?? "", type.Text("kind") ?? "", raw);
    }

    private static void ReadInto(JsonObject obj, ProtoReader reader, IReadOnlyDictionary<int, ProtoField> fields)
    {
        while (!reader.IsAtEnd)
        {
            var (number, wireType) = reader.ReadTag();
            if (fields.TryGetValue(number, out var field))
            {
                ReadField(obj, ref reader, field);
            }
            else
            {
                reader.Skip(wireType);
            }
        }
    }

    private static void ReadField(JsonObject obj, ref ProtoReader reader, ProtoField field)
    {
        if (field.Kind is ProtoKind.TextMap or ProtoKind.BytesMap)
        {
            var entry = new JsonObject();
            ReadInto(entry, new ProtoReader(reader.ReadBytes()), field.Kind == ProtoKind.TextMap ? TextEntry : BytesEntry);
            obj.Ensure(field.Name)[entry.Text("key") ?? ""] = entry.Text("value") ?? "";
            return;
        }

        var read = Value(ref reader, field);
        if (field.Repeated)
        {
            (obj.List(field.Name) ?? Added(obj, field.Name)).Add(read);
        }
        else if (read is not null && read.AsText() != "")
        {
            // Go writes every string, the empty ones too, which JSON leaves out.
            obj[field.Name] = read;
        }
    }

    private static JsonNode? Value(ref ProtoReader reader, ProtoField field)
    {
        switch (field.Kind)
        {
            case ProtoKind.Text:
                return reader.ReadText();
            case ProtoKind.Integer:
                return (long)reader.ReadVarint();
            case ProtoKind.Flag:
                return reader.ReadVarint() != 0;
            case ProtoKind.Bytes:
                return Convert.ToBase64String(reader.ReadBytes());
            case ProtoKind.Time:
                return Time(new ProtoReader(reader.ReadBytes()));
            default:
                var message = new JsonObject();
                ReadInto(message, new ProtoReader(reader.ReadBytes()), field.Fields);
                return message;
        }
    }

    /// <summary>An empty message is no time.</summary>
    private static JsonNode? Time(ProtoReader reader)
    {
        var parts = new JsonObject();
        ReadInto(parts, reader, Timestamp);
        return parts.Integer("seconds") is not { } seconds ? null
            : parts.Integer("nanos") is { } nanos and > 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(nanos / 1000).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", System.Globalization.CultureInfo.InvariantCulture)
            : DateTimeOffset.FromUnixTimeSeconds(seconds).ToKubernetesTime();
    }

    private static JsonArray Added(JsonObject obj, string name)
    {
        var list = new JsonArray();
        obj[name] = list;
        return list;
    }
}
