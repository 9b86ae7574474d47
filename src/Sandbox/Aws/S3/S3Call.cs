using System.Text;
using Sandbox.Aws.Identity;
using Sandbox.Signing;

namespace Sandbox.Aws.S3;

/// <summary>A request that proved to come from a principal, taken apart (path style).</summary>
internal sealed record S3Call
{
    public required HttpContext Http { get; init; }

    public required Principal Caller { get; init; }

    public required Payload Payload { get; init; }

    public required S3Operation Operation { get; init; }

    /// <summary>The bucket's name; empty for the service itself.</summary>
    public required string Bucket { get; init; }

    /// <summary>The key; empty for the bucket itself.</summary>
    public required string Key { get; init; }

    public required S3Query Query { get; init; }

    public required string RequestId { get; init; }

    public IHeaderDictionary RequestHeaders => Http.Request.Headers;

    public IHeaderDictionary ResponseHeaders => Http.Response.Headers;

    public string BucketArn => $"arn:aws:s3:::{Bucket}";

    public string ObjectArn => ArnOf(Key);

    public string ArnOf(string key) => $"{BucketArn}/{key}";

    /// <summary>A request header; null if absent or empty.</summary>
    public string? Header(string name) => RequestHeaders[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Takes a verified request apart.</summary>
    public static S3Call Of(HttpContext http, SignedRequest signed, string requestId)
    {
        var path = Encoding.UTF8.GetString(PercentEncoding.Decode(signed.Target.RawPath)).TrimStart('/');
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var (bucket, key) = slash < 0 ? (path, "") : (path[..slash], path[(slash + 1)..]);
        var query = new S3Query(signed.Target.Parameters);
        return new()
        {
            Http = http,
            Caller = ((AccessKey)signed.Credential).Owner,
            Payload = signed.Payload,
            Operation = S3Routes.Resolve(http.Request.Method, bucket, key, query, http.Request.Headers),
            Bucket = bucket,
            Key = key,
            Query = query,
            RequestId = requestId,
        };
    }
}
