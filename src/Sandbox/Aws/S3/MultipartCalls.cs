using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Sandbox.Aws.S3;

/// <summary>Calls on uploads in parts (Amazon S3 User Guide, "Uploading and copying objects using multipart upload").</summary>
internal sealed class MultipartCalls(S3Store store, TimeProvider time)
{
    private const int MaxPartNumber = 10_000;
    private const int MinPartSize = 5 * 1024 * 1024;

    public Task CreateAsync(S3Call call)
    {
        ObjectCalls.CheckKey(call.Key);
        var upload = new MultipartUpload(RandomNumberGenerator.GetHexString(48, lowercase: true), call.Key, time.GetUtcNow(), ObjectHeaders.Of(call), ObjectHeaders.Subresources(call));
        store[call.Bucket].Begin(upload);
        return S3Xml.WriteAsync(call.Http, Element("InitiateMultipartUploadResult",
            Element("Bucket", call.Bucket), Element("Key", call.Key), Element("UploadId", upload.Id)));
    }

    public Task PutPartAsync(S3Call call)
    {
        foreach (var (name, value) in Checksums.Verify(call))
            call.ResponseHeaders[name] = value;
        call.ResponseHeaders.ETag = Store(call, call.Payload.Content).ETag;
        return Task.CompletedTask;
    }

    public Task CopyPartAsync(S3Call call)
    {
        if (call.Header("x-amz-copy-source-range") is not null)
            throw S3Errors.NotImplemented;
        var (bucket, key) = S3Permissions.CopySource(call);
        var part = Store(call, (store[bucket].Find(key) ?? throw S3Errors.NoSuchKey).Content);
        return S3Xml.WriteAsync(call.Http, Element("CopyPartResult", Element("ETag", part.ETag), Element("LastModified", S3Xml.Time(part.LastModified))));
    }

    public Task CompleteAsync(S3Call call)
    {
        var bucket = store[call.Bucket];
        var uploadId = call.Query["uploadId"]!;
        var uploaded = bucket.Parts(call.Key, uploadId) ?? throw S3Errors.NoSuchUpload;
        var parts = Chosen(S3Xml.Read(call.Payload.Content), uploaded.ToDictionary(part => part.Number));
        if (parts.SkipLast(1).Any(part => part.Content.Length < MinPartSize))
            throw new AwsException(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        var upload = bucket.End(call.Key, uploadId) ?? throw S3Errors.NoSuchUpload;

        var item = new StoredObject
        {
            Key = call.Key,
            Content = Join(parts),
            ETag = ETags.Of(parts),
            LastModified = time.GetUtcNow(),
            Headers = upload.Headers,
            Subresources = upload.Subresources,
        };
        bucket.Put(item);
        return S3Xml.WriteAsync(call.Http, Element("CompleteMultipartUploadResult",
            Element("Location", $"/{call.Bucket}/{call.Key}"), Element("Bucket", call.Bucket), Element("Key", call.Key), Element("ETag", item.ETag)));
    }

    public Task AbortAsync(S3Call call)
    {
        if (store[call.Bucket].End(call.Key, call.Query["uploadId"]!) is null)
            throw S3Errors.NoSuchUpload;
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public Task ListPartsAsync(S3Call call)
    {
        var uploadId = call.Query["uploadId"]!;
        var marker = call.Query.Number("part-number-marker", 0, 0, MaxPartNumber);
        var limit = call.Query.Number("max-parts", 1000, 1, 1000);
        var rest = (store[call.Bucket].Parts(call.Key, uploadId) ?? throw S3Errors.NoSuchUpload).Where(part => part.Number > marker).ToArray();
        return S3Xml.WriteAsync(call.Http, Element("ListPartsResult",
            Element("Bucket", call.Bucket), Element("Key", call.Key), Element("UploadId", uploadId),
            Element("PartNumberMarker", marker), Element("MaxParts", limit), Element("IsTruncated", rest.Length > limit),
            rest.Length > limit ? Element("NextPartNumberMarker", rest[limit - 1].Number) : null,
            rest.Take(limit).Select(part => Element("Part",
                Element("PartNumber", part.Number), Element("ETag", part.ETag), Element("Size", part.Content.Length), Element("LastModified", S3Xml.Time(part.LastModified))))));
    }

    public Task ListUploadsAsync(S3Call call)
    {
        var prefix = call.Query["prefix"] ?? "";
        var uploads = store[call.Bucket].Uploads().Where(upload => upload.Key.StartsWith(prefix, StringComparison.Ordinal));
        return S3Xml.WriteAsync(call.Http, Element("ListMultipartUploadsResult",
            Element("Bucket", call.Bucket), Element("Prefix", prefix), Element("IsTruncated", false),
            uploads.Select(upload => Element("Upload",
                Element("Key", upload.Key), Element("UploadId", upload.Id), Element("Initiated", S3Xml.Time(upload.Initiated))))));
    }

    private UploadedPart Store(S3Call call, ReadOnlyMemory<byte> content)
    {
        if (!int.TryParse(call.Query["partNumber"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MaxPartNumber)
            throw new AwsException(400, "InvalidArgument", $"Part number must be an integer between 1 and {MaxPartNumber}, inclusive");
        var part = new UploadedPart(number, content, ETags.Of(content.Span), time.GetUtcNow());
        return store[call.Bucket].PutPart(call.Key, call.Query["uploadId"]!, part) ? part : throw S3Errors.NoSuchUpload;
    }

    private static List<UploadedPart> Chosen(XElement request, Dictionary<int, UploadedPart> uploaded)
    {
        var parts = new List<UploadedPart>();
        foreach (var element in request.Elements().Where(child => child.Name.LocalName == "Part"))
        {
            if (!int.TryParse(S3Xml.Text(element, "PartNumber"), out var number) || S3Xml.Text(element, "ETag") is not { } tag)
                throw S3Errors.MalformedXml;
            if (parts.Count > 0 && number <= parts[^1].Number)
                throw new AwsException(400, "InvalidPartOrder", "The list of parts was not in ascending order. Parts must be ordered by part number.");
            if (!uploaded.TryGetValue(number, out var part) || !ETags.Match(part.ETag, tag))
                throw new AwsException(400, "InvalidPart", "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
            parts.Add(part);
        }

        return parts.Count > 0 ? parts : throw S3Errors.MalformedXml;
    }

    private static byte[] Join(List<UploadedPart> parts)
    {
        using var content = new MemoryStream();
        foreach (var part in parts)
            content.Write(part.Content.Span);
        return content.ToArray();
    }

    private static XElement Element(string name, params object?[] content) => new(S3Xml.Ns + name, content);
}
