using Sandbox.Aws.Faults;
using Sandbox.Aws.Identity;
using Sandbox.Signing;

namespace Sandbox.Aws.S3;

/// <summary>Answers S3's REST protocol, path style: believe, authorise, carry out.</summary>
internal sealed class S3Endpoint(S3Store store, AccessKeyStore keys, Authorizer authorizer, FaultyCall calls, TimeProvider time)
{
    private readonly SignatureVerifier _verifier = new(SigningService.S3, keys.Find, time);
    private readonly ObjectCalls _objects = new(store, authorizer, time);
    private readonly MultipartCalls _multipart = new(store, time);
    private readonly BucketCalls _buckets = new(store);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var requestId = AccessKeyStore.NewId("");
        http.Response.Headers["x-amz-request-id"] = requestId;
        try
        {
            var call = S3Call.Of(http, await VerifyAsync(http), requestId);
            var carriedOut = await calls.RunAsync(new("s3", call.Operation.ToString()), http, () =>
            {
                Authorize(call);
                return CarryOutAsync(call);
            });
            if (!carriedOut)
                http.Abort();
        }
        catch (AwsException error)
        {
            await S3Xml.WriteErrorAsync(http, error, requestId);
        }
    }

    private async Task<SignedRequest> VerifyAsync(HttpContext http)
    {
        try
        {
            return await _verifier.VerifyAsync(http.Request, http.RequestAborted);
        }
        catch (SignatureException failure)
        {
            throw S3Errors.From(failure);
        }
    }

    private void Authorize(S3Call call)
    {
        if (call.Operation == S3Operation.Unsupported)
            throw S3Errors.NotImplemented;
        foreach (var permission in S3Permissions.For(call))
        {
            if (authorizer.Refusal(call.Caller, permission, call.Http) is { } refusal)
                throw S3Errors.AccessDenied(refusal);
        }
    }

    private Task CarryOutAsync(S3Call call) => call.Operation switch
    {
        S3Operation.ListBuckets => _buckets.ListBucketsAsync(call),
        S3Operation.HeadBucket => _buckets.HeadAsync(call),
        S3Operation.GetBucketLocation => _buckets.LocationAsync(call),
        S3Operation.ListObjects or S3Operation.ListObjectsV2 => _buckets.ListObjectsAsync(call),
        S3Operation.ListMultipartUploads => _multipart.ListUploadsAsync(call),
        S3Operation.DeleteObjects => _objects.DeleteManyAsync(call),
        S3Operation.PutObject => _objects.PutAsync(call),
        S3Operation.CopyObject => _objects.CopyAsync(call),
        S3Operation.GetObject or S3Operation.HeadObject => _objects.GetAsync(call),
        S3Operation.DeleteObject => _objects.DeleteAsync(call),
        S3Operation.CreateMultipartUpload => _multipart.CreateAsync(call),
        S3Operation.UploadPart => _multipart.PutPartAsync(call),
        S3Operation.UploadPartCopy => _multipart.CopyPartAsync(call),
        S3Operation.CompleteMultipartUpload => _multipart.CompleteAsync(call),
        S3Operation.AbortMultipartUpload => _multipart.AbortAsync(call),
        S3Operation.ListParts => _multipart.ListPartsAsync(call),
        _ => ObjectSubresources.HandleAsync(call, store),
    };
}
