using System.Buffers;
using System.Text;
using System.Text.Json;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>The body of the server-side apply of a Secret: everything we own, every time, so that what is left out is removed.</summary>
public static class SecretApply
{
    /// <summary>
    /// A resourceVersion that no existing object has: an apply that carries it creates (201) or is refused (409), and never
    /// merges into a Secret that appeared meanwhile. Undocumented; the conformance suite holds it on every server.
    /// </summary>
    public const string AbsentVersion = "1";

    // With a session token of the length that AWS gives: the buffer need not grow.
    private const int LikelySize = 8192;

    /// <summary>Writes the body.</summary>
    /// <param name="session">The owner.</param>
    /// <param name="name">The Secret's name.</param>
    /// <param name="observed">The Secret as observed: its uid and resourceVersion are preconditions; null: it must be absent.</param>
    /// <param name="facts">The annotations.</param>
    /// <param name="data">The data, as text.</param>
    public static ReadOnlyMemory<byte> Body(UploadSession session, string name, SecretMetadata? observed, CredentialFacts facts, IReadOnlyDictionary<string, string> data) => JsonBody.Of(LikelySize, json =>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "Secret");
        json.WriteString("type", "Opaque");
        json.WriteStartObject("metadata");
        json.WriteString("name", name);
        json.WriteString("namespace", session.Metadata.Namespace);
        WritePreconditions(json, observed);
        WriteMap(json, "labels", new Dictionary<string, string> { [Annotations.ManagedLabel] = "true", ["app.kubernetes.io/managed-by"] = Annotations.FieldManager });
        WriteMap(json, "annotations", facts.ToAnnotations());
        WriteOwner(json, session);
        json.WriteEndObject();
        WriteData(json, data);
        json.WriteEndObject();
    });

    private static void WritePreconditions(Utf8JsonWriter json, SecretMetadata? observed)
    {
        json.WriteString("resourceVersion", observed?.Metadata.ResourceVersion ?? AbsentVersion);
        if (observed is not null)
            json.WriteString("uid", observed.Metadata.Uid);
    }

    /// <summary>No blockOwnerDeletion: setting it needs rights on the owner's finalizers where OwnerReferencesPermissionEnforcement is on.</summary>
    private static void WriteOwner(Utf8JsonWriter json, UploadSession session)
    {
        json.WriteStartArray("ownerReferences");
        json.WriteStartObject();
        json.WriteString("apiVersion", UploadSession.Group + "/" + UploadSession.Version);
        json.WriteString("kind", UploadSession.KindName);
        json.WriteString("name", session.Metadata.Name);
        json.WriteString("uid", session.Metadata.Uid);
        json.WriteBoolean("controller", true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>The array that the texts pass through is wiped before others have it: some are secret.</summary>
    private static void WriteData(Utf8JsonWriter json, IReadOnlyDictionary<string, string> data)
    {
        var longest = data.Values.Max(text => text.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(longest));
        json.WriteStartObject("data");
        foreach (var (key, text) in data)
            json.WriteBase64String(key, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        json.WriteEndObject();
        ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in map)
            json.WriteString(key, text);
        json.WriteEndObject();
    }
}
