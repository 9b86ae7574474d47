using System.Text;

namespace Sandbox.KubernetesApi.Protobuf;

/// <summary>Reads the wire format of protocol buffers (protobuf.dev, "Encoding").</summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The number and the wire type of the next field.</summary>
    public (int Number, int WireType) ReadTag()
    {
        var tag = ReadVarint();
        return ((int)(tag >> 3), (int)(tag & 7));
    }

    /// <exception cref="FormatException">The data ends early.</exception>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("protobuf: a varint is too long");
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        return Take(length <= (ulong)_rest.Length ? (int)length : throw new FormatException("protobuf: the data ends early"));
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadBytes());

    public void Skip(int wireType)
    {
        switch (wireType)
        {
            case 0:
                ReadVarint();
                break;
            case 1:
                Take(sizeof(ulong));
                break;
            case 2:
                ReadBytes();
                break;
            case 5:
                Take(sizeof(uint));
                break;
            default:
                throw new FormatException("protobuf: unknown wire type");
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("protobuf: the data ends early");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
