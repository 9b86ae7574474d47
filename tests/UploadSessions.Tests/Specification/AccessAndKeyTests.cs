using UploadSessions.Policy;

namespace UploadSessions.Tests.Specification;

public sealed class AccessAndKeyTests
{
    private const string Key = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    [Fact]
    public void All_kinds_of_access_add_up()
    {
        string[] names = ["Put", "Upload", "Download", "List", "Delete", "Tag", "Acl", "Retain"];
        Sessions.Terms(Sessions.Minimal with { Access = names }).Access.ShouldBe((Access)255);
        foreach (var name in names)
            Sessions.Terms(Sessions.Minimal with { Access = [name] }).Access.ToString().ShouldBe(name);
    }

    [Theory]
    [InlineData("Write")]
    [InlineData("put")]
    [InlineData("None")]
    [InlineData("1")]
    [InlineData("Put, Delete")]
    [InlineData("")]
    public void Unknown_access_is_refused(string name)
    {
        var error = Sessions.Read(Sessions.Minimal with { Access = ["List", name] }).Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe("spec.access[1]");
        error.Message.ShouldContain("Put, Upload, Download, List, Delete, Tag, Acl, Retain");
    }

    [Fact]
    public void Repeated_empty_and_endless_lists_are_refused()
    {
        Sessions.Read(Sessions.Minimal with { Access = ["Put", "Put"] }).Errors.ShouldHaveSingleItem().Message.ShouldContain("twice");
        Sessions.Read(Sessions.Minimal with { Access = [] }).Errors.ShouldHaveSingleItem().Field.ShouldBe("spec.access");
        Sessions.Read(Sessions.Minimal with { Access = [.. Enumerable.Repeat("Put", 9)] }).Errors[0].Message.ShouldContain("1 to 8");
    }

    [Fact]
    public void A_key_gives_its_region() =>
        Sessions.Terms(Sessions.Minimal with { KmsKeyArn = Key }).KmsKey.ShouldBe(new KmsKeyArn(Key, "eu-central-1"));

    [Fact]
    public void A_multi_region_key_is_accepted() =>
        Sessions.Terms(Sessions.Minimal with { KmsKeyArn = "arn:aws:kms:eu-central-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab" }).KmsKey.ShouldNotBeNull();

    [Theory]
    [InlineData("", "is not the ARN of a KMS key")]
    [InlineData("1234abcd-12ab-34cd-56ef-1234567890ab", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:alias/uploads", "alias")]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:key/*", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:*:123456789012:key/1234abcd", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:eu-:123456789012:key/1234abcd", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:-central-1:123456789012:key/1234abcd", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:eu-central-1:1234567890123:key/1234abcd", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:key/1234abcd\n", "is not the ARN of a KMS key")]
    [InlineData("arn:aws:kms:eu-central-1:123456789012:key/${aws:username}", "is not the ARN of a KMS key")]
    [InlineData("arn:aws-cn:kms:cn-north-1:123456789012:key/1234abcd", "another partition")]
    public void Keys_that_are_refused(string arn, string says)
    {
        var error = Sessions.Read(Sessions.Minimal with { KmsKeyArn = arn }).Errors.ShouldHaveSingleItem();
        error.Field.ShouldBe("spec.kmsKeyArn");
        error.Message.ShouldContain(says);
    }
}
