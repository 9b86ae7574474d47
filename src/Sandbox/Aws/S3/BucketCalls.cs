using System.Text;
using System.Xml.Linq;
using Sandbox.Signing;

namespace Sandbox.Aws.S3;

/// <summary>Calls on buckets.</summary>
internal sealed class BucketCalls(S3Store store)
{
    private const int MaxKeys = 1000;

    public Task ListBucketsAsync(S3Call call) => S3Xml.WriteAsync(call.Http, Element("ListAllMyBucketsResult",
        Element("Buckets", store.Names.Select(name => Element("Bucket", Element("Name", name), Element("CreationDate", S3Xml.Time(DateTimeOffset.UnixEpoch)))))));

    public Task HeadAsync(S3Call call)
    {
        _ = store[call.Bucket];
        return Task.CompletedTask;
    }

    public Task LocationAsync(S3Call call)
    {
        _ = store[call.Bucket];
        return S3Xml.WriteAsync(call.Http, Element("LocationConstraint"));
    }

    /// <summary>ListObjects and ListObjectsV2.</summary>
    public Task ListObjectsAsync(S3Call call)
    {
        var two = call.Operation == S3Operation.ListObjectsV2;
        var (prefix, delimiter) = (call.Query["prefix"] ?? "", call.Query["delimiter"] ?? "");
        var limit = call.Query.Number("max-keys", MaxKeys, 0, MaxKeys);
        var page = ObjectListing.Page(store[call.Bucket].List(), prefix, delimiter, After(call, two), limit);
        var encode = call.Query["encoding-type"] == "url";

        return S3Xml.WriteAsync(call.Http, Element("ListBucketResult",
            Element("Name", call.Bucket),
            Element("Prefix", Key(prefix)),
            delimiter.Length > 0 ? Element("Delimiter", Key(delimiter)) : null,
            Element("MaxKeys", limit),
            encode ? Element("EncodingType", "url") : null,
            Element("IsTruncated", page.Next is not null),
            two ? Element("KeyCount", page.Objects.Count + page.CommonPrefixes.Count) : null,
            page.Next is null ? null : two ? Element("NextContinuationToken", Token(page.Next)) : Element("NextMarker", Key(page.Next)),
            page.Objects.Select(item => Element("Contents",
                Element("Key", Key(item.Key)), Element("LastModified", S3Xml.Time(item.LastModified)), Element("ETag", item.ETag),
                Element("Size", item.Content.Length), Element("StorageClass", "STANDARD"))),
            page.CommonPrefixes.Select(common => Element("CommonPrefixes", Element("Prefix", Key(common))))));

        string Key(string text) => encode ? PercentEncoding.Encode(text, keepSlash: true) : text;
    }

    private static string After(S3Call call, bool two)
    {
        if (!two)
            return call.Query["marker"] ?? "";
        if (call.Query["continuation-token"] is not { Length: > 0 } token)
            return call.Query["start-after"] ?? "";
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw new AwsException(400, "InvalidArgument", "The continuation token provided is incorrect");
        }
    }

    private static string Token(string after) => Convert.ToBase64String(Encoding.UTF8.GetBytes(after));

    private static XElement Element(string name, params object?[] content) => new(S3Xml.Ns + name, content);
}
