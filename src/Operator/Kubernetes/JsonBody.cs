using System.Buffers;
using System.Text.Json;

namespace UploadSessions.Operator.Kubernetes;

/// <summary>Writes the bodies of requests, as JSON that is also YAML: see <see cref="ApplyEncoder"/>.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = new ApplyEncoder() };

    /// <summary>Writes one.</summary>
    /// <param name="likelySize">In bytes; a body that is larger is copied as it grows.</param>
    /// <param name="write">Writes its one value.</param>
    public static ReadOnlyMemory<byte> Of(int likelySize, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(likelySize);
        using (var json = new Utf8JsonWriter(buffer, Options))
            write(json);
        return buffer.WrittenMemory;
    }
}
