using System.Text.Json;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>The bodies that write a session's status. Its resourceVersion is a precondition: a status computed from an older session is refused.</summary>
public static class StatusBody
{
    private const int LikelySize = 2048;

    /// <summary>For server-side apply.</summary>
    public static ReadOnlyMemory<byte> Apply(UploadSession session, UploadSessionStatus status) => JsonBody.Of(LikelySize, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", UploadSession.Group + "/" + UploadSession.Version);
        json.WriteString("kind", UploadSession.KindName);
        json.WriteStartObject("metadata");
        json.WriteString("name", session.Metadata.Name);
        json.WriteString("namespace", session.Metadata.Namespace);
        json.WriteString("resourceVersion", session.Metadata.ResourceVersion);
        json.WriteEndObject();
        json.WritePropertyName("status");
        JsonSerializer.Serialize(json, status, ResourceJson.Default.UploadSessionStatus);
        json.WriteEndObject();
    });

    /// <summary>For a JSON patch (RFC 6902) that leaves nothing of an older status.</summary>
    public static ReadOnlyMemory<byte> Replacement(UploadSession session, UploadSessionStatus status) => JsonBody.Of(LikelySize, json =>
    {
        json.WriteStartArray();
        WriteReplace(json, "/metadata/resourceVersion", () => json.WriteStringValue(session.Metadata.ResourceVersion));
        WriteReplace(json, "/status", () => JsonSerializer.Serialize(json, status, ResourceJson.Default.UploadSessionStatus));
        json.WriteEndArray();
    });

    private static void WriteReplace(Utf8JsonWriter json, string path, Action writeValue)
    {
        json.WriteStartObject();
        json.WriteString("op", "replace");
        json.WriteString("path", path);
        json.WritePropertyName("value");
        writeValue();
        json.WriteEndObject();
    }
}
