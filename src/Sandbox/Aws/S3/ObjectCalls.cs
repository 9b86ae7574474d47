using System.Xml.Linq;
using Microsoft.Net.Http.Headers;
using Sandbox.Aws.Identity;

namespace Sandbox.Aws.S3;

/// <summary>Calls on whole objects.</summary>
internal sealed class ObjectCalls(S3Store store, Authorizer authorizer, TimeProvider time)
{
    private const int MaxKeysToDelete = 1000;

    public Task PutAsync(S3Call call)
    {
        var bucket = store[call.Bucket];
        CheckKey(call.Key);
        var checksums = Checksums.Verify(call);
        var headers = ObjectHeaders.Of(call);
        foreach (var (name, value) in checksums)
            headers[name] = value;
        var item = New(call.Key, call.Payload.Content, headers) with { Subresources = ObjectHeaders.Subresources(call) };
        Write(call, bucket, item);
        call.ResponseHeaders.ETag = item.ETag;
        foreach (var (name, value) in checksums)
            call.ResponseHeaders[name] = value;
        return Task.CompletedTask;
    }

    public Task CopyAsync(S3Call call)
    {
        CheckKey(call.Key);
        var (bucket, key) = S3Permissions.CopySource(call);
        var source = store[bucket].Find(key) ?? throw S3Errors.NoSuchKey;
        var replaces = string.Equals(call.Header("x-amz-metadata-directive"), "REPLACE", StringComparison.OrdinalIgnoreCase);
        var item = source with
        {
            Key = call.Key,
            LastModified = time.GetUtcNow(),
            Headers = replaces ? ObjectHeaders.Of(call) : source.Headers,
            Subresources = ObjectHeaders.Subresources(call),
        };
        Write(call, store[call.Bucket], item);
        return S3Xml.WriteAsync(call.Http, new XElement(S3Xml.Ns + "CopyObjectResult",
            new XElement(S3Xml.Ns + "ETag", item.ETag),
            new XElement(S3Xml.Ns + "LastModified", S3Xml.Time(item.LastModified))));
    }

    public Task GetAsync(S3Call call)
    {
        var item = store[call.Bucket].Find(call.Key) ?? throw Absent(call);
        // The checksum is the whole object's, so a range comes without it.
        var showsChecksum = call.Header("range") is null && string.Equals(call.Header("x-amz-checksum-mode"), "ENABLED", StringComparison.OrdinalIgnoreCase);
        foreach (var (name, value) in item.Headers)
        {
            if (showsChecksum || !name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase))
                call.ResponseHeaders[name] = value;
        }

        var contentType = item.Headers.GetValueOrDefault("content-type") ?? "binary/octet-stream";
        return Results.Bytes(item.Content, contentType, enableRangeProcessing: true, lastModified: item.LastModified, entityTag: new EntityTagHeaderValue(item.ETag))
            .ExecuteAsync(call.Http);
    }

    public Task DeleteAsync(S3Call call)
    {
        store[call.Bucket].Delete(call.Key);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public Task DeleteManyAsync(S3Call call)
    {
        var bucket = store[call.Bucket];
        var request = S3Xml.Read(call.Payload.Content);
        var keys = request.Elements().Where(child => child.Name.LocalName == "Object").Select(child => S3Xml.Text(child, "Key") ?? throw S3Errors.MalformedXml).ToArray();
        if (keys.Length is 0 or > MaxKeysToDelete)
            throw S3Errors.MalformedXml;
        var quiet = S3Xml.Text(request, "Quiet") == "true";
        return S3Xml.WriteAsync(call.Http, new XElement(S3Xml.Ns + "DeleteResult", keys.Select(key => DeleteOne(call, bucket, key, quiet))));
    }

    private XElement? DeleteOne(S3Call call, SandboxBucket bucket, string key, bool quiet)
    {
        if (authorizer.Refusal(call.Caller, S3Permissions.Delete(call, key), call.Http) is { } refusal)
        {
            return new(S3Xml.Ns + "Error",
                new XElement(S3Xml.Ns + "Key", key),
                new XElement(S3Xml.Ns + "Code", "AccessDenied"),
                new XElement(S3Xml.Ns + "Message", refusal));
        }

        bucket.Delete(key);
        return quiet ? null : new(S3Xml.Ns + "Deleted", new XElement(S3Xml.Ns + "Key", key));
    }

    // Who may not list must not learn from a 404 which keys exist.
    private AwsException Absent(S3Call call) =>
        authorizer.Refusal(call.Caller, S3Permissions.LearnOfAbsence(call), call.Http) is { } refusal ? S3Errors.AccessDenied(refusal) : S3Errors.NoSuchKey;

    private StoredObject New(string key, ReadOnlyMemory<byte> content, IReadOnlyDictionary<string, string> headers) =>
        new() { Key = key, Content = content, ETag = ETags.Of(content.Span), LastModified = time.GetUtcNow(), Headers = headers };

    private static void Write(S3Call call, SandboxBucket bucket, StoredObject item)
    {
        if (call.Header("if-none-match") != "*")
            bucket.Put(item);
        else if (!bucket.PutIfAbsent(item))
            throw new AwsException(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
    }

    /// <summary>Refuses keys that S3 cannot hold.</summary>
    internal static void CheckKey(string key)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(key) > 1024)
            throw new AwsException(400, "KeyTooLongError", "Your key is too long");
    }
}
