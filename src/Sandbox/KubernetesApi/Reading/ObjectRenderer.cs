using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.KubernetesApi.Http;
using Sandbox.KubernetesApi.Json;
using Sandbox.KubernetesApi.Resources;
using Sandbox.KubernetesApi.Storage;
using Sandbox.KubernetesApi.Tables;

namespace Sandbox.KubernetesApi.Reading;

/// <summary>Stored objects in the form that a request asks for.</summary>
internal sealed class ObjectRenderer(ResourceType type, Representation representation, TableRenderer table)
{
    private static readonly byte[] PartialStart = Encoding.UTF8.GetBytes("""{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":""");

    public static ObjectRenderer For(ApiRequest request, TimeProvider time) =>
        new(request.Type, request.Representation, new TableRenderer(request.Type, request.Query("includeObject"), time));

    public ReadOnlyMemory<byte> Object(StoredObject stored) => representation switch
    {
        Representation.Metadata => Concat([PartialStart, stored.MetadataJson, "}"u8.ToArray()]),
        Representation.Table => table.Render([stored], VersionOnly(stored.Version), withColumns: true).ToUtf8(),
        _ => Whole(stored),
    };

    /// <summary>The object of one watch event. Only the first table of a watch carries its columns.</summary>
    public ReadOnlyMemory<byte> WatchObject(StoredObject stored, bool isFirst) => representation == Representation.Table
        ? table.Render([stored], VersionOnly(stored.Version), isFirst).ToUtf8()
        : Object(stored);

    public ReadOnlyMemory<byte> Bookmark(long version)
    {
        var metadata = new JsonObject { ["resourceVersion"] = Text(version), ["creationTimestamp"] = null };
        return representation switch
        {
            Representation.Metadata => new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = metadata }.ToUtf8(),
            Representation.Table => table.Render([], VersionOnly(version), withColumns: false).ToUtf8(),
            _ => new JsonObject { ["kind"] = type.Kind, ["apiVersion"] = type.ApiVersion, ["metadata"] = metadata }.ToUtf8(),
        };
    }

    public ReadOnlyMemory<byte> List(ObjectPage page)
    {
        var metadata = VersionOnly(page.Version);
        if (page.Continue is not null)
        {
            metadata["continue"] = page.Continue;
            metadata.Put("remainingItemCount", page.Remaining is { } remaining ? JsonValue.Create(remaining) : null);
        }

        if (representation == Representation.Table)
        {
            return table.Render(page.Objects, metadata, withColumns: true).ToUtf8();
        }

        var (kind, apiVersion) = representation == Representation.Metadata ? ("PartialObjectMetadataList", "meta.k8s.io/v1") : (type.ListKind, type.ApiVersion);
        var chunks = new List<ReadOnlyMemory<byte>> { Encoding.UTF8.GetBytes($$"""{"kind":"{{kind}}","apiVersion":"{{apiVersion}}","metadata":{{metadata.ToText()}},"items":[""") };
        foreach (var stored in page.Objects)
        {
            if (chunks.Count > 1)
            {
                chunks.Add(","u8.ToArray());
            }

            AddItem(chunks, stored);
        }

        chunks.Add("]}"u8.ToArray());
        return Concat(chunks);
    }

    /// <summary>The real server leaves apiVersion and kind out of the items of built-in lists; clients must not rely on them.</summary>
    private void AddItem(List<ReadOnlyMemory<byte>> chunks, StoredObject stored)
    {
        if (representation == Representation.Objects && !type.IsCustom && type.Conversion is null)
        {
            chunks.Add("{"u8.ToArray());
            chunks.Add(stored.JsonWithoutType);
        }
        else
        {
            chunks.Add(Object(stored));
        }
    }

    private ReadOnlyMemory<byte> Whole(StoredObject stored) => type.Conversion is null ? stored.Json : type.ToServed(stored.Read()).ToUtf8();

    private static JsonObject VersionOnly(long version) => new() { ["resourceVersion"] = Text(version) };

    private static string Text(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Concat(IReadOnlyCollection<ReadOnlyMemory<byte>> chunks)
    {
        var buffer = new ArrayBufferWriter<byte>(chunks.Sum(chunk => chunk.Length));
        foreach (var chunk in chunks)
        {
            buffer.Write(chunk.Span);
        }

        return buffer.WrittenMemory;
    }
}
