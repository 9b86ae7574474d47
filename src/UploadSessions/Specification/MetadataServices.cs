using System.Net;
using UploadSessions.Policy;

namespace UploadSessions.Specification;

/// <summary>The hosts at which clouds serve the credentials of machines and pods. No store is there.</summary>
internal static class MetadataServices
{
    private static readonly string[] Names = ["metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal"];

    private static readonly Cidr[] Ranges =
    [
        .. new[]
        {
            "169.254.0.0/16", // link-local (RFC 3927): AWS, Azure, Google Cloud, Oracle and most others; EKS Pod Identity
            "fe80::/10", // link-local (RFC 4291)
            "fd00:ec2::/32", // AWS over IPv6
            "fd20:ce::/32", // Google Cloud over IPv6
            "fd00:42::42/128", // Scaleway over IPv6
            "100.100.100.200/32", // Alibaba Cloud
            "192.0.0.192/32", // Oracle Cloud Classic
        }.Select(Parse),
    ];

    /// <summary>Prefixes of IPv6 addresses whose last four bytes are an IPv4 address: mapped and compatible (RFC 4291), translated (RFC 2765), of NAT64 (RFC 6052).</summary>
    private static readonly Cidr[] WithIPv4 = [.. new[] { "::ffff:0:0/96", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96" }.Select(Parse)];

    /// <summary>Whether it is one of them, however it is spelled.</summary>
    public static bool Has(Uri uri)
    {
        var host = uri.Host.TrimEnd('.');
        return IPAddress.TryParse(host, out var address) ? Has(address) : Names.Contains(host, StringComparer.OrdinalIgnoreCase);
    }

    private static bool Has(IPAddress address) =>
        Ranges.Any(range => range.Contains(address)) || (IPv4In(address) is { } inner && Ranges.Any(range => range.Contains(inner)));

    private static IPAddress? IPv4In(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length != 16)
            return null;
        // 6to4 (RFC 3056) has it behind its first two bytes.
        if (bytes[0] == 0x20 && bytes[1] == 0x02)
            return new IPAddress(bytes.AsSpan(2, 4));
        return WithIPv4.Any(range => SharesPrefix(bytes, range)) ? new IPAddress(bytes.AsSpan(12)) : null;
    }

    /// <summary>Bytes are compared: <see cref="Cidr"/> takes a mapped address for its IPv4.</summary>
    private static bool SharesPrefix(byte[] bytes, Cidr range) => bytes.AsSpan(0, range.PrefixLength / 8).SequenceEqual(range.Address.GetAddressBytes().AsSpan(0, range.PrefixLength / 8));

    private static Cidr Parse(string text) => Cidr.TryParse(text, out var range) ? range : throw new FormatException(text);
}
