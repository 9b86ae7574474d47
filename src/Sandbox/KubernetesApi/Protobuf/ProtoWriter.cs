using System.Buffers;
using System.Text;

namespace Sandbox.KubernetesApi.Protobuf;

/// <summary>Writes the wire format of protocol buffers (protobuf.dev, "Encoding").</summary>
internal sealed class ProtoWriter
{
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _written = new();

    public byte[] ToArray() => _written.WrittenSpan.ToArray();

    /// <summary>A string; nothing where it is null.</summary>
    public void Text(int number, string? text)
    {
        if (text is not null)
        {
            Bytes(number, Encoding.UTF8.GetBytes(text));
        }
    }

    public void Message(int number, Action<ProtoWriter> write)
    {
        var message = new ProtoWriter();
        write(message);
        Bytes(number, message.ToArray());
    }

    private void Bytes(int number, byte[] content)
    {
        Varint((uint)((number << 3) | LengthDelimited));
        Varint((uint)content.Length);
        _written.Write(content);
    }

    private void Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _written.Write([(byte)(value | 0x80)]);
        }

        _written.Write([(byte)value]);
    }
}
