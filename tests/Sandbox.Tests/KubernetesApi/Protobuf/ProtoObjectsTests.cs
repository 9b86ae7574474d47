using System.Text;
using Sandbox.KubernetesApi.Protobuf;

namespace Sandbox.Tests.KubernetesApi.Protobuf;

public sealed class ProtoObjectsTests
{
    [Fact]
    public void A_secret_is_read_as_go_clients_write_it()
    {
        byte[] metadata = [.. Text(1, "name"), .. Text(3, "team"), .. Field(8, []), .. Field(11, [.. Text(1, "app"), .. Text(2, "web")]), .. Text(14, "example.org/hold")];
        byte[] secret = [.. Field(1, metadata), .. Field(2, [.. Text(1, "key"), .. Field(2, [0xFF, 0x00])]), .. Text(3, "Opaque"), 0x28, 0x01, .. Text(99, "unknown")];

        ProtoObjects.Read(Envelope("v1", "Secret", secret)).ToJsonString().ShouldBe(
            """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"name","namespace":"team","labels":{"app":"web"},"finalizers":["example.org/hold"]},"data":{"key":"/wA="},"type":"Opaque","immutable":true}""");
    }

    [Fact]
    public void A_lease_keeps_its_microseconds()
    {
        byte[] spec = [.. Text(1, "me"), 0x10, 15, .. Field(4, [0x08, .. Varint(1_700_000_000), 0x10, .. Varint(123_456_000)])];
        ProtoObjects.Read(Envelope("coordination.k8s.io/v1", "Lease", Field(2, spec)))["spec"]!.ToJsonString().ShouldBe(
            """{"holderIdentity":"me","leaseDurationSeconds":15,"renewTime":"2023-11-14T22:13:20.123456Z"}""");
    }

    [Fact]
    public void What_is_cut_short_or_unknown_is_refused()
    {
        var whole = Envelope("v1", "Secret", Field(1, Text(1, "name")));
        var contentFrom = Envelope("v1", "Secret", []).Length - 2;
        for (var length = contentFrom + 1; length < whole.Length; length++)
        {
            Should.Throw<FormatException>(() => ProtoObjects.Read(whole.AsSpan(0, length)), $"cut at {length}");
        }

        Should.Throw<FormatException>(() => ProtoObjects.Read(Envelope("apps/v1", "Deployment", [])));
        Should.Throw<FormatException>(() => ProtoObjects.Read("{}"u8));
    }

    private static byte[] Envelope(string apiVersion, string kind, byte[] raw) =>
        [.. "k8s\0"u8, .. Field(1, [.. Text(1, apiVersion), .. Text(2, kind)]), .. Field(2, raw)];

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Varint((uint)((number << 3) | 2)), .. Varint((uint)content.Length), .. content];

    private static byte[] Varint(uint value) => value < 0x80 ? [(byte)value] : [(byte)(value | 0x80), .. Varint(value >> 7)];
}
