using System.Buffers;
using System.Text;
using System.Text.Json;
using UploadSessions.Credentials;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

/// <summary>Bytes arrive in buffers, and any value may lie across two of them.</summary>
public sealed class CutBytesTests
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("""
        {"metadata":{"name":"s","annotations":{"uploadsession.io/issued-at":"2026-11-01T12:00:00Z","other":"x"},"managedFields":[
          {"manager":"upload-session-operator","operation":"Apply","fieldsV1":{
            "f:data":{"f:AWS_ACCESS_KEY_ID":{},"f:AWS_SESSION_TOKEN":{}},"f:metadata":{"f:annotations":{"f:uploadsession.io/issued-at":{}}}}}]}}
        """);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Wherever_they_are_cut_the_same_is_read(bool forCache)
    {
        var json = forCache ? ResourceJson.ForCache() : ResourceJson.Default;
        for (var at = 1; at < Secret.Length; at++)
        {
            var metadata = Read(at, json).Metadata;
            metadata.OwnedFields.ShouldBe(OwnedFields.Of([SecretKeys.AccessKeyId, SecretKeys.SessionToken, Annotations.IssuedAt]));
            metadata.Annotations.ShouldBe(new Dictionary<string, string> { [Annotations.IssuedAt] = "2026-11-01T12:00:00Z" });
        }
    }

    private static SecretMetadata Read(int at, ResourceJson json)
    {
        var last = new Segment(Secret.AsMemory(at));
        var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(new Segment(Secret.AsMemory(0, at), last), 0, last, last.Memory.Length));
        return JsonSerializer.Deserialize(ref reader, json.SecretMetadata)!;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> bytes) => Memory = bytes;

        public Segment(ReadOnlyMemory<byte> bytes, Segment next)
        {
            (Memory, Next) = (bytes, next);
            next.RunningIndex = bytes.Length;
        }
    }
}
