using System.Text.RegularExpressions;
using UploadSessions.Policy;
using UploadSessions.Resources;

namespace UploadSessions.Specification;

/// <summary>Reads constraints. Both lists come out sorted and without repetition, so that their order means nothing.</summary>
internal static partial class ConstraintsReader
{
    private const int MaxEntries = 16;

    public static (IReadOnlyList<string> SourceIps, IReadOnlyList<string> VpcEndpoints) Read(string field, SessionConstraints? constraints, SpecErrors errors)
    {
        var sourceIps = ReadList($"{field}.sourceIps", constraints?.SourceIps, ReadRange, errors);
        var vpcEndpoints = ReadList($"{field}.vpcEndpoints", constraints?.VpcEndpoints, ReadEndpoint, errors);
        if (constraints is { SourceIps.Count: > 0, VpcEndpoints.Count: > 0 })
            errors.Add($"{field}.vpcEndpoints", constraints.VpcEndpoints[0] ?? "", "cannot be combined with sourceIps: a request through a VPC endpoint has no public source address; accepted is one of the two lists");
        return (sourceIps, vpcEndpoints);
    }

    private delegate string? EntryReader(string field, string text, SpecErrors errors);

    private static IReadOnlyList<string> ReadList(string field, IReadOnlyList<string>? entries, EntryReader read, SpecErrors errors)
    {
        if (entries is null)
            return [];
        if (entries.Count > MaxEntries)
            errors.AddCount(field, entries.Count, $"at most {MaxEntries}");
        var accepted = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (index, entry) in entries.Take(MaxEntries).Index())
        {
            if (read(SpecErrors.At(field, index), entry ?? "", errors) is { } value)
                accepted.Add(value);
        }

        return [.. accepted];
    }

    private static string? ReadRange(string field, string text, SpecErrors errors)
    {
        if (!text.Contains('/', StringComparison.Ordinal) || !Cidr.TryParse(text, out var range) || range.Address.IsIPv4MappedToIPv6)
            errors.Add(field, text, "is not a CIDR; accepted are ranges such as 203.0.113.0/24, 203.0.113.7/32 or 2001:db8::/32");
        else if (!range.IsCanonical)
            errors.Add(field, text, $"has bits set beyond its prefix length; accepted would be {range}");
        else
            return range.ToString();
        return null;
    }

    private static string? ReadEndpoint(string field, string text, SpecErrors errors)
    {
        if (Endpoint().IsMatch(text))
            return text;
        errors.Add(field, text, "is not the id of a VPC endpoint; accepted are ids such as vpce-0123456789abcdef0");
        return null;
    }

    [GeneratedRegex(@"\Avpce-[0-9a-f]{1,32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Endpoint();
}
