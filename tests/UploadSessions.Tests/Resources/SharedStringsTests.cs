using System.Text.Json;
using CsCheck;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class SharedStringsTests
{
    [Fact]
    public void Equal_texts_of_many_objects_are_one_string()
    {
        var json = ResourceJson.ForCache();
        var one = Read(json, """{"metadata":{"name":"a","namespace":"team-a"},"spec":{"roleArn":"arn:aws:iam::123456789012:role/x"},"status":{"secretName":"a"}}""");
        var other = Read(json, """{"metadata":{"name":"b","namespace":"team-a"},"spec":{"roleArn":"arn:aws:iam::123456789012:role/x"}}""");

        other.Metadata.Namespace.ShouldBeSameAs(one.Metadata.Namespace);
        other.Spec.RoleArn.ShouldBeSameAs(one.Spec.RoleArn);
        one.Status!.SecretName.ShouldBeSameAs(one.Metadata.Name);
        other.Metadata.Name.ShouldBe("b");
    }

    [Fact]
    public void Of_more_texts_than_are_remembered_each_is_read_as_it_is()
    {
        var json = ResourceJson.ForCache();
        for (var number = 100_000; number < 120_000; number++)
            Read(json, $$$"""{"metadata":{"name":"{{{number}}}"}}""").Metadata.Name.ShouldBe($"{number}");
    }

    [Fact]
    public void Any_spec_is_read_as_it_is()
    {
        var json = ResourceJson.ForCache();
        SpecGen.Arbitrary.Sample(
            spec =>
            {
                var written = JsonSerializer.SerializeToUtf8Bytes(spec, ResourceJson.Default.UploadSessionSpec);
                var plain = JsonSerializer.Deserialize(written, ResourceJson.Default.UploadSessionSpec)!;
                Written(JsonSerializer.Deserialize(written, json.UploadSessionSpec)!, ResourceJson.Default).ShouldBe(Written(plain, ResourceJson.Default));
                Written(plain, json).ShouldBe(Written(plain, ResourceJson.Default));
            },
            iter: 500);
    }

    [Fact]
    public void Names_of_tags_are_shared_too()
    {
        var json = ResourceJson.ForCache();
        var one = Read(json, """{"metadata":{"name":"team"},"spec":{"sessionTags":{"team":"a"}}}""");

        one.Spec.SessionTags!.Keys.Single().ShouldBeSameAs(one.Metadata.Name);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[]")]
    public void What_is_no_text_is_refused(string value) =>
        Should.Throw<JsonException>(() => Read(ResourceJson.ForCache(), $$$"""{"metadata":{"name":{{{value}}}}}"""));

    private static string Written(UploadSessionSpec spec, ResourceJson json) => JsonSerializer.Serialize(spec, json.UploadSessionSpec);

    private static UploadSession Read(ResourceJson json, string text) => JsonSerializer.Deserialize(text, json.UploadSession)!;
}
