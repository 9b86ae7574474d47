using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using EndToEnd.Tests.Running;

namespace EndToEnd.Tests;

/// <summary>From an applied session to uploads of every kind.</summary>
public abstract class MainPathTests(IApiServer server, CephStore store)
{
    private const int SmallestPart = 5 * 1024 * 1024;

    [Fact]
    public async Task A_session_yields_a_Secret_that_uploads_under_its_prefix_in_every_way_and_nowhere_else()
    {
        await using var scene = await CephScene.SetAsync(server, store);
        scene.StartOperator("--log-level", "Trace");
        await scene.CreateAsync("export");
        await scene.ReadyAsync("export");
        using var client = await scene.ClientAsync("export");

        (await CephScene.PutAsync(client, scene.Prefix + "put")).ShouldBe("OK");
        await UploadInPartsAsync(client, scene.Prefix + "parts");
        await AbortAsync(client, scene.Prefix + "aborted");
        (await PutPresignedAsync(client, scene.Prefix + "presigned")).ShouldBe(HttpStatusCode.OK);

        (await SizesAsync(scene.Prefix)).ShouldBe(new Dictionary<string, long?> { ["parts"] = SmallestPart + 1, ["presigned"] = 1, ["put"] = 1 });
        (await CephScene.PutAsync(client, "elsewhere")).ShouldBe("Denied");
        (await PutPresignedAsync(client, "elsewhere")).ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task UploadInPartsAsync(AmazonS3Client client, string key)
    {
        var started = await client.InitiateMultipartUploadAsync(CephStore.Bucket, key, TestContext.Current.CancellationToken);
        var parts = new List<PartETag>();
        foreach (var size in new[] { SmallestPart, 1 })
        {
            using var content = new MemoryStream(new byte[size]);
            var part = new UploadPartRequest { BucketName = CephStore.Bucket, Key = key, UploadId = started.UploadId, PartNumber = parts.Count + 1, InputStream = content };
            parts.Add(new(await client.UploadPartAsync(part, TestContext.Current.CancellationToken)));
        }

        var known = await client.ListPartsAsync(CephStore.Bucket, key, started.UploadId, TestContext.Current.CancellationToken);
        known.Parts.Count.ShouldBe(2);
        await client.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest { BucketName = CephStore.Bucket, Key = key, UploadId = started.UploadId, PartETags = parts },
            TestContext.Current.CancellationToken);
    }

    private static async Task AbortAsync(AmazonS3Client client, string key)
    {
        var started = await client.InitiateMultipartUploadAsync(CephStore.Bucket, key, TestContext.Current.CancellationToken);
        await client.AbortMultipartUploadAsync(CephStore.Bucket, key, started.UploadId, TestContext.Current.CancellationToken);
    }

    private static async Task<HttpStatusCode> PutPresignedAsync(AmazonS3Client client, string key)
    {
        var url = await client.GetPreSignedURLAsync(new GetPreSignedUrlRequest
        {
            BucketName = CephStore.Bucket,
            Key = key,
            Verb = HttpVerb.PUT,
            Protocol = Protocol.HTTP,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(5),
        });
        using var http = new HttpClient();
        using var content = new ByteArrayContent("x"u8.ToArray());
        return (await http.PutAsync(new Uri(url), content, TestContext.Current.CancellationToken)).StatusCode;
    }

    private async Task<Dictionary<string, long?>> SizesAsync(string prefix)
    {
        var listed = await store.Admin.ListObjectsV2Async(new ListObjectsV2Request { BucketName = CephStore.Bucket, Prefix = prefix }, TestContext.Current.CancellationToken);
        return listed.S3Objects.ToDictionary(stored => stored.Key[prefix.Length..], stored => stored.Size);
    }
}

public sealed class EmbeddedMainPathTests(EmbeddedServer server, CephStore store) : MainPathTests(server, store);

public sealed class EnvtestMainPathTests(EnvtestServer server, CephStore store) : MainPathTests(server, store);
