using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace UploadSessions.Policy;

/// <summary>A range of IP addresses, in CIDR form. A single address is a range of one.</summary>
/// <param name="Address">Any address of the range.</param>
/// <param name="PrefixLength">How many leading bits all addresses share.</param>
internal readonly partial record struct Cidr(IPAddress Address, int PrefixLength)
{
    /// <summary>The first address of the range: the host bits are zero.</summary>
    public IPAddress Network => new(MaskedBytes(Address));

    /// <summary>Whether the address has no bits set beyond the prefix.</summary>
    public bool IsCanonical => Network.Equals(Address);

    /// <summary>Reads <c>203.0.113.0/24</c>, <c>2001:db8::/32</c> or a single address. Octal, hexadecimal and shortened IPv4 forms and IPv6 zones are refused.</summary>
    public static bool TryParse(string text, out Cidr range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!PlainIPv4().IsMatch(address) && !PlainIPv6().IsMatch(address))
            return false;
        if (!IPAddress.TryParse(address, out var parsed))
            return false;

        var bits = parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        var length = bits;
        if (slash >= 0 && !TryParseLength(text[(slash + 1)..], bits, out length))
            return false;
        range = new Cidr(parsed, length);
        return true;
    }

    /// <summary>Whether an address is in the range. An IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == Address.AddressFamily && MaskedBytes(plain).AsSpan().SequenceEqual(MaskedBytes(Address));
    }

    /// <summary>Whether every address of another range is in this one.</summary>
    public bool Contains(Cidr other) => other.PrefixLength >= PrefixLength && Contains(other.Network);

    /// <summary>The canonical text: the first address and the length of the prefix.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Network}/{PrefixLength}");

    private static bool TryParseLength(string text, int bits, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length)
        && length <= bits
        && (text.Length == 1 || text[0] != '0');

    private byte[] MaskedBytes(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var kept = Math.Clamp(PrefixLength - (i * 8), 0, 8);
            bytes[i] &= (byte)(0xFF << (8 - kept));
        }

        return bytes;
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainIPv4();

    [GeneratedRegex(@"\A[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainIPv6();
}
