using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Sandbox.Aws.S3;

namespace Sandbox.Tests.Aws.S3;

/// <summary>What sessions may and may not do, asked by the real SDK over HTTP.</summary>
public sealed class AuthorizationTests : IAsyncLifetime
{
    private const string Inside = "exports/2026/a.csv";
    private const string Objects = "arn:aws:s3:::landing/exports/2026/*";
    private AwsFixture _aws = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each call: its name, and the actions that it needs on the prefix.</summary>
    public static TheoryData<string, string[]> Calls => new()
    {
        { "put", ["s3:PutObject"] },
        { "put-tagged", ["s3:PutObject", "s3:PutObjectTagging"] },
        { "put-acl", ["s3:PutObject", "s3:PutObjectAcl"] },
        { "put-retained", ["s3:PutObject", "s3:PutObjectRetention"] },
        { "put-held", ["s3:PutObject", "s3:PutObjectLegalHold"] },
        { "multipart", ["s3:PutObject"] },
        { "abort", ["s3:PutObject", "s3:AbortMultipartUpload"] },
        { "list-parts", ["s3:PutObject", "s3:ListMultipartUploadParts"] },
        { "get", ["s3:GetObject"] },
        { "head", ["s3:GetObject"] },
        { "delete", ["s3:DeleteObject"] },
        { "tag", ["s3:PutObjectTagging"] },
        { "acl", ["s3:PutObjectAcl"] },
        { "retention", ["s3:PutObjectRetention"] },
        { "legal-hold", ["s3:PutObjectLegalHold"] },
        { "copy", ["s3:GetObject", "s3:PutObject"] },
    };

    public async ValueTask InitializeAsync() => _aws = await AwsFixture.StartAsync();

    public ValueTask DisposeAsync() => _aws.DisposeAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_needs_exactly_its_actions(string call, string[] actions)
    {
        Seed(AwsFixture.Bucket, Inside);
        await Do(call, await Session(Allow(actions, Objects)), AwsFixture.Bucket, Inside);
        foreach (var missing in actions)
        {
            var s3 = await Session(Allow([.. actions.Except([missing]), "s3:GetBucketLocation"], Objects));
            await ShouldBeDenied(Do(call, s3, AwsFixture.Bucket, Inside));
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_outside_the_prefix_or_bucket_is_denied(string call, string[] actions)
    {
        actions.ShouldNotBeEmpty();
        var s3 = await Session(Allow(["s3:*"], Objects));
        foreach (var (bucket, key) in new[] { (AwsFixture.Bucket, "exports/2025/a.csv"), (AwsFixture.Bucket, "exports/2026"), (AwsFixture.OtherBucket, Inside) })
        {
            Seed(bucket, key);
            await ShouldBeDenied(Do(call, s3, bucket, key));
        }
    }

    [Fact]
    public async Task Listing_needs_ListBucket_and_the_prefix_it_is_conditioned_on()
    {
        Seed(AwsFixture.Bucket, Inside);
        var policy = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::landing","Condition":{"StringLike":{"s3:prefix":"exports/2026/*"}}}]}""";
        var s3 = await Session(policy);
        (await s3.ListObjectsV2Async(new() { BucketName = AwsFixture.Bucket, Prefix = "exports/2026/" }, Cancel)).S3Objects.ShouldHaveSingleItem();
        await ShouldBeDenied(s3.ListObjectsV2Async(new() { BucketName = AwsFixture.Bucket, Prefix = "exports/" }, Cancel));
        await ShouldBeDenied(s3.ListObjectsV2Async(new() { BucketName = AwsFixture.Bucket }, Cancel));
        await ShouldBeDenied((await Session(Allow(["s3:*"], Objects))).ListObjectsV2Async(new() { BucketName = AwsFixture.Bucket }, Cancel));
    }

    [Fact]
    public async Task A_missing_key_is_a_404_only_for_those_who_may_list()
    {
        var reader = await Session(Allow(["s3:GetObject"], Objects));
        (await reader.GetObjectAsync(AwsFixture.Bucket, Inside, Cancel).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden)).Message.ShouldContain("s3:ListBucket");
        var lister = await Session(Allow(["s3:GetObject", "s3:ListBucket"], "*"));
        await lister.GetObjectAsync(AwsFixture.Bucket, Inside, Cancel).ShouldFailWith("NoSuchKey", HttpStatusCode.NotFound);
        await lister.GetObjectMetadataAsync(AwsFixture.Bucket, Inside, Cancel).ShouldFailWith("NotFound", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refusals_say_which_policy_refused()
    {
        const string who = "User: arn:aws:sts::123456789012:assumed-role/uploads/team-a.export is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::landing/k\" ";
        (await Get(await Session(Allow(["s3:PutObject"], "*")))).ShouldBe(who + "because no session policy allows the s3:GetObject action");
        (await Get(await Session(Document("Deny", ["s3:GetObject"], "*")))).ShouldBe(who + "with an explicit deny in a session policy");

        await using var narrow = await AwsFixture.StartAsync(Allow(["s3:PutObject"], "*"));
        (await Get(narrow.S3(await narrow.AssumeAsync()))).ShouldBe(who + "because no identity-based policy allows the s3:GetObject action");
        await using var denied = await AwsFixture.StartAsync(Document("Deny", ["s3:GetObject"], "*"));
        (await Get(denied.S3(await denied.AssumeAsync(Allow(["s3:*"], "*"))))).ShouldBe(who + "with an explicit deny in an identity-based policy");

        static async Task<string> Get(IAmazonS3 s3) => (await s3.GetObjectAsync(AwsFixture.Bucket, "k", Cancel).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden)).Message;
    }

    [Fact]
    public async Task A_session_never_has_more_than_its_role()
    {
        await using var aws = await AwsFixture.StartAsync(Allow(["s3:PutObject"], Objects));
        var s3 = aws.S3(await aws.AssumeAsync(Allow(["s3:*"], "*")));
        await Do("put", s3, AwsFixture.Bucket, Inside);
        await ShouldBeDenied(Do("put", s3, AwsFixture.Bucket, "elsewhere"));
        await ShouldBeDenied(Do("delete", s3, AwsFixture.Bucket, Inside));
    }

    [Fact]
    public async Task A_deny_by_time_begins_at_that_time()
    {
        var end = _aws.Time.GetUtcNow().AddSeconds(10).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var policy = $$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateGreaterThanEquals":{"aws:CurrentTime":"{{{{end}}}}"}}}]}""";
        var s3 = await Session(policy);
        await Do("put", s3, AwsFixture.Bucket, Inside);
        _aws.Time.Advance(TimeSpan.FromSeconds(10));
        (await Do("put", s3, AwsFixture.Bucket, Inside).ShouldFailWith("AccessDenied", HttpStatusCode.Forbidden)).Message.ShouldContain("with an explicit deny in a session policy");
    }

    [Theory]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["127.0.0.0/8"]}}""", true)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["203.0.113.0/24"]}}""", false)]
    [InlineData("""{"Bool":{"aws:SecureTransport":"true"}}""", false)]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":["vpce-0123456789abcdef0"]}}""", false)]
    public async Task Network_conditions_see_the_connection(string condition, bool allowed)
    {
        var s3 = await Session("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":""" + condition + "}]}");
        if (allowed)
            await Do("put", s3, AwsFixture.Bucket, Inside);
        else
            await ShouldBeDenied(Do("put", s3, AwsFixture.Bucket, Inside));
    }

    [Fact]
    public async Task Encrypting_with_a_key_needs_the_right_to_it_through_S3()
    {
        const string key = "arn:aws:kms:eu-central-1:123456789012:key/1";
        var put = new PutObjectRequest { BucketName = AwsFixture.Bucket, Key = Inside, ContentBody = "x", ServerSideEncryptionMethod = ServerSideEncryptionMethod.AWSKMS, ServerSideEncryptionKeyManagementServiceKeyId = key };
        var without = await Session(Allow(["s3:PutObject"], "*"));
        await ShouldBeDenied(without.PutObjectAsync(put, Cancel));
        var with = await Session($$$$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"},{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"{{{{key}}}}","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-central-1.amazonaws.com"}}}]}""");
        await with.PutObjectAsync(put, Cancel);
    }

    [Fact]
    public async Task Deleting_many_judges_every_key_for_itself()
    {
        Seed(AwsFixture.Bucket, Inside);
        Seed(AwsFixture.Bucket, "elsewhere");
        var s3 = await Session(Allow(["s3:DeleteObject"], Objects));
        var failure = await Should.ThrowAsync<DeleteObjectsException>(() => s3.DeleteObjectsAsync(
            new DeleteObjectsRequest { BucketName = AwsFixture.Bucket, Objects = [new() { Key = Inside }, new() { Key = "elsewhere" }] }, Cancel));
        failure.Response.DeletedObjects.ShouldHaveSingleItem().Key.ShouldBe(Inside);
        failure.Response.DeleteErrors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Key.ShouldBe("elsewhere"),
            error => error.Code.ShouldBe("AccessDenied"));
        _aws.Server.Objects[AwsFixture.Bucket].List().ShouldHaveSingleItem().Key.ShouldBe("elsewhere");
    }

    [Fact]
    public async Task The_operators_own_key_may_not_touch_objects() =>
        await ShouldBeDenied(Do("put", _aws.S3(_aws.Caller), AwsFixture.Bucket, Inside));

    private static string Allow(string[] actions, string resource) => Document("Allow", actions, resource);

    private static string Document(string effect, string[] actions, string resource) =>
        $$"""{"Version":"2012-10-17","Statement":[{"Effect":"{{effect}}","Action":["{{string.Join("\",\"", actions)}}"],"Resource":"{{resource}}"}]}""";

    private static async Task ShouldBeDenied(Task call)
    {
        var failure = await Should.ThrowAsync<AmazonServiceException>(() => call);
        failure.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // A HEAD has no body to say more.
        failure.ErrorCode.ShouldBeOneOf("AccessDenied", "Forbidden");
    }

    private static async Task Do(string call, IAmazonS3 s3, string bucket, string key)
    {
        var put = new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = "x" };
        switch (call)
        {
            case "put-tagged":
                put.TagSet = [new() { Key = "project", Value = "atlas" }];
                break;
            case "put-acl":
                put.CannedACL = S3CannedACL.BucketOwnerFullControl;
                break;
            case "put-retained":
                put.ObjectLockMode = ObjectLockMode.Governance;
                put.ObjectLockRetainUntilDate = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                break;
            case "put-held":
                put.ObjectLockLegalHoldStatus = ObjectLockLegalHoldStatus.On;
                break;
        }

        await (call switch
        {
            "multipart" => MultipartAsync(s3, bucket, key),
            "abort" => AbortAsync(s3, bucket, key),
            "list-parts" => ListPartsAsync(s3, bucket, key),
            "get" => s3.GetObjectAsync(bucket, key, Cancel),
            "head" => s3.GetObjectMetadataAsync(bucket, key, Cancel),
            "delete" => s3.DeleteObjectAsync(bucket, key, Cancel),
            "tag" => s3.PutObjectTaggingAsync(new() { BucketName = bucket, Key = key, Tagging = new() { TagSet = [new() { Key = "a", Value = "b" }] } }, Cancel),
            "acl" => s3.PutObjectAclAsync(new() { BucketName = bucket, Key = key, ACL = S3CannedACL.Private }, Cancel),
            "retention" => s3.PutObjectRetentionAsync(new() { BucketName = bucket, Key = key, Retention = new() { Mode = ObjectLockRetentionMode.Governance, RetainUntilDate = new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc) } }, Cancel),
            "legal-hold" => s3.PutObjectLegalHoldAsync(new() { BucketName = bucket, Key = key, LegalHold = new() { Status = ObjectLockLegalHoldStatus.On } }, Cancel),
            "copy" => s3.CopyObjectAsync(bucket, key, bucket, key, Cancel),
            _ => (Task)s3.PutObjectAsync(put, Cancel),
        });
    }

    private static async Task MultipartAsync(IAmazonS3 s3, string bucket, string key)
    {
        var id = (await s3.InitiateMultipartUploadAsync(bucket, key, Cancel)).UploadId;
        using var content = new MemoryStream([1, 2, 3]);
        var part = await s3.UploadPartAsync(new() { BucketName = bucket, Key = key, UploadId = id, PartNumber = 1, InputStream = content }, Cancel);
        await s3.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = key, UploadId = id, PartETags = [new(part)] }, Cancel);
    }

    private static async Task AbortAsync(IAmazonS3 s3, string bucket, string key)
    {
        var id = (await s3.InitiateMultipartUploadAsync(bucket, key, Cancel)).UploadId;
        await s3.AbortMultipartUploadAsync(bucket, key, id, Cancel);
    }

    private static async Task ListPartsAsync(IAmazonS3 s3, string bucket, string key)
    {
        var id = (await s3.InitiateMultipartUploadAsync(bucket, key, Cancel)).UploadId;
        await s3.ListPartsAsync(bucket, key, id, Cancel);
    }

    private void Seed(string bucket, string key) => _aws.Server.Objects[bucket].Put(
        new StoredObject { Key = key, Content = new byte[] { 1 }, ETag = "\"55a54008ad1ba589aa210d2629c1df41\"", LastModified = _aws.Time.GetUtcNow() });

    private async Task<IAmazonS3> Session(string policy) => _aws.S3(await _aws.AssumeAsync(policy));
}
