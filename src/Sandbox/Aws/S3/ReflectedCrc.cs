using System.Buffers.Binary;

namespace Sandbox.Aws.S3;

/// <summary>The cyclic checksums S3 knows (Amazon S3 User Guide, "Checking object integrity"), all in reflected form with all ones before and after.</summary>
internal sealed class ReflectedCrc
{
    private readonly ulong[] _table = new ulong[256];
    private readonly int _bytes;

    private ReflectedCrc(ulong polynomial, int bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < _table.Length; i++)
        {
            var crc = (ulong)i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ polynomial;
            _table[i] = crc;
        }
    }

    public static ReflectedCrc Crc32 { get; } = new(0xEDB88320, 4);

    public static ReflectedCrc Crc32C { get; } = new(0x82F63B78, 4);

    public static ReflectedCrc Crc64Nvme { get; } = new(0x9A6C9329AC4BC9B5, 8);

    /// <summary>The checksum in base64, big-endian, as headers carry it.</summary>
    public string Compute(ReadOnlySpan<byte> content)
    {
        var ones = _bytes == 8 ? ulong.MaxValue : uint.MaxValue;
        var crc = ones;
        foreach (var b in content)
            crc = _table[(byte)crc ^ b] ^ (crc >> 8);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, crc ^ ones);
        return Convert.ToBase64String(bytes[^_bytes..]);
    }
}
