namespace Sandbox.Aws.S3;

/// <summary>One page of a listing.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="CommonPrefixes">What the delimiter rolled up.</param>
/// <param name="Next">Where the next page starts after; null on the last page.</param>
internal sealed record ObjectListing(IReadOnlyList<StoredObject> Objects, IReadOnlyList<string> CommonPrefixes, string? Next)
{
    /// <summary>Cuts a page out of a bucket (Amazon S3 User Guide, "Organizing objects using prefixes").</summary>
    public static ObjectListing Page(IEnumerable<StoredObject> all, string prefix, string delimiter, string after, int limit)
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        var last = after;
        foreach (var item in all.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var common = CommonPrefix(item.Key, prefix, delimiter);
            var name = common ?? item.Key;
            // A rolled-up prefix counts once, and not again on the page after the one that ended with it.
            if (string.CompareOrdinal(name, after) <= 0 || (common is not null && prefixes.Count > 0 && prefixes[^1] == common))
                continue;
            if (objects.Count + prefixes.Count == limit)
                return new(objects, prefixes, limit == 0 ? null : last);
            if (common is null)
                objects.Add(item);
            else
                prefixes.Add(common);
            last = name;
        }

        return new(objects, prefixes, null);
    }

    private static string? CommonPrefix(string key, string prefix, string delimiter)
    {
        var end = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
        return end < 0 ? null : key[..(end + delimiter.Length)];
    }
}
