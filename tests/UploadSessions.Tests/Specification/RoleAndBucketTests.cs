using UploadSessions.Resources;

namespace UploadSessions.Tests.Specification;

public sealed class RoleAndBucketTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:role/uploads", "aws", "123456789012")]
    [InlineData("arn:aws:iam::123456789012:role/a/path/up_loads+=,.@-", "aws", "123456789012")]
    [InlineData("arn:aws-cn:iam::123456789012:role/uploads", "aws-cn", "123456789012")]
    [InlineData("arn:aws-us-gov:iam::123456789012:role/uploads", "aws-us-gov", "123456789012")]
    [InlineData("arn:aws-iso:iam::123456789012:role/uploads", "aws-iso", "123456789012")]
    [InlineData("arn:aws-iso-b:iam::123456789012:role/uploads", "aws-iso-b", "123456789012")]
    [InlineData("arn:aws:iam:::role/uploads", "aws", "")]
    [InlineData("arn:minio:iam:::role/uploads", "aws", "")]
    public void Role_arns_that_are_accepted(string arn, string partition, string account)
    {
        var role = Sessions.Terms(Sessions.Minimal with { RoleArn = arn }).Role;
        role.Value.ShouldBe(arn);
        role.Partition.ShouldBe(partition);
        role.AccountId.ShouldBe(account);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("uploads")]
    [InlineData("arn:aws:iam::12345678901:role/uploads")]
    [InlineData("arn:aws:iam::1234567890123:role/uploads")]
    [InlineData("arn:aws-:iam::123456789012:role/uploads")]
    [InlineData("arn:aws:iam::123456789012:role/r2345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("arn:aws:iam::١٢٣٤٥٦٧٨٩٠١٢:role/uploads")]
    [InlineData("arn:aws-cn:iam:::role/uploads")]
    [InlineData("arn:minio:iam::123456789012:role/uploads")]
    [InlineData("arn:aws:iam::123456789012:user/uploads")]
    [InlineData("arn:aws:iam::123456789012:role/")]
    [InlineData("arn:aws:iam::123456789012:role/a b")]
    [InlineData("arn:aws:iam::123456789012:role/uploads\n")]
    [InlineData("arn:aws:iam::123456789012:role/üploads")]
    [InlineData("arn:aws:iam::123456789012:role//uploads")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/uploads/x")]
    [InlineData("arn:gcp:iam::123456789012:role/uploads")]
    public void Role_arns_that_are_refused(string? arn) => ErrorOf("spec.roleArn", Sessions.Minimal with { RoleArn = arn });

    [Theory]
    [InlineData("abc")]
    [InlineData("team-a.landing")]
    [InlineData("1a2")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123")]
    public void Bucket_names_that_are_accepted(string name)
    {
        var bucket = Sessions.Terms(Sessions.Minimal with { Bucket = name }).Bucket;
        bucket.ShouldBe(new UploadSessions.Policy.BucketTarget(name, $"arn:aws:s3:::{name}", $"arn:aws:s3:::{name}/"));
    }

    [Theory]
    [InlineData(null, "is required")]
    [InlineData("", "is required")]
    [InlineData("ab", "3 to 63")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234", "3 to 63")]
    [InlineData("Landing", "lower-case")]
    [InlineData("land_ing", "lower-case")]
    [InlineData("land*", "lower-case")]
    [InlineData("landing/", "lower-case")]
    [InlineData("landing\n", "lower-case")]
    [InlineData("a..b", "is not a bucket name")]
    [InlineData(".ab", "is not a bucket name")]
    [InlineData("ab-", "is not a bucket name")]
    [InlineData("192.168.5.4", "IP address")]
    [InlineData("xn--abc", "reserves")]
    [InlineData("sthree-abc", "reserves")]
    [InlineData("amzn-s3-demo-bucket", "reserves")]
    [InlineData("logs--use1-az4--x-s3", "directory bucket")]
    [InlineData("inbox-abcdefgh-s3alias", "alias")]
    [InlineData("inbox--op-s3", "Outposts")]
    [InlineData("inbox--ol-s3", "Object Lambda")]
    [InlineData("inbox--table-s3", "table bucket")]
    [InlineData("mfzwi23gnjvgw.mrap", "multi-region")]
    public void Bucket_names_that_are_refused(string? name, string says) =>
        ErrorOf("spec.bucket", Sessions.Minimal with { Bucket = name }).ShouldContain(says);

    [Fact]
    public void An_access_point_has_its_own_resources()
    {
        const string Arn = "arn:aws:s3:eu-west-1:123456789012:accesspoint/inbox";
        Sessions.Terms(Sessions.Minimal with { Bucket = Arn }).Bucket.ShouldBe(new UploadSessions.Policy.BucketTarget(Arn, Arn, Arn + "/object/"));
    }

    [Theory]
    [InlineData("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/inbox", "partition aws")]
    [InlineData("arn:aws:s3::123456789012:accesspoint/abc.mrap", "multi-region")]
    [InlineData("arn:aws:s3-outposts:eu-west-1:123456789012:outpost/op-1/accesspoint/x", "Outposts")]
    [InlineData("arn:aws:s3-object-lambda:eu-west-1:123456789012:accesspoint/x", "Object Lambda")]
    [InlineData("arn:aws:s3express:eu-west-1:123456789012:bucket/x--x-s3", "Express")]
    [InlineData("arn:aws:s3:::landing", "name only")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/*", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/inbox/object/x", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-1:1:accesspoint/inbox", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-1:1234567890123:accesspoint/inbox", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-:123456789012:accesspoint/inbox", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/a12345678901234567890123456789012345678901234567890", "is not the ARN of an access point")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/inbox\n", "is not the ARN of an access point")]
    [InlineData("arn:", "is not the ARN of an access point")]
    public void Access_points_that_are_refused(string arn, string says) =>
        ErrorOf("spec.bucket", Sessions.Minimal with { Bucket = arn }).ShouldContain(says);

    [Fact]
    public void S3_compatible_stores_have_no_access_points() =>
        ErrorOf("spec.bucket", Sessions.Minimal with { RoleArn = "arn:minio:iam:::role/x", Bucket = "arn:aws:s3:eu-west-1:123456789012:accesspoint/inbox" }).ShouldContain("do not have");

    private static string ErrorOf(string field, UploadSessionSpec spec)
    {
        var result = Sessions.Read(spec);
        result.Terms.ShouldBeNull();
        return result.Errors.Where(error => error.Field == field).ShouldHaveSingleItem().Message;
    }
}
