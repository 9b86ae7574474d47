using System.Text.Json;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class ResourceJsonTests
{
    [Theory]
    [InlineData("""{"status":{"conditions":[{}]}}""")]
    [InlineData("""{"apiVersion":null,"kind":null,"metadata":null,"spec":null,"status":{"conditions":[{"type":null,"status":null,"reason":null,"message":null}]}}""")]
    [InlineData("""{"metadata":{},"spec":{},"status":{"conditions":[{}]}}""")]
    [InlineData("""{"metadata":{"name":null,"namespace":null,"uid":null,"resourceVersion":null,"annotations":null},"status":{"conditions":[{}]}}""")]
    public void Absent_and_null_fields_keep_their_defaults(string json)
    {
        var session = Read(json);
        session.Spec.ShouldBe(new UploadSessionSpec());
        session.Metadata.Annotations.ShouldBeEmpty();
        session.Metadata.ShouldBe(new ObjectMeta { Annotations = session.Metadata.Annotations });
        session.Status!.Conditions.ShouldBe([new Condition()]);
        Read("""{"status":{}}""").Status!.Conditions.ShouldBeEmpty();
    }

    [Fact]
    public void Annotations_of_others_are_dropped()
    {
        var session = Read("""{"metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"secret\":1}","uploadsession.io/renew-request":"now","other":{"nested":[1]},"uploadsession.io/odd":7}}}""");
        session.Metadata.Annotations.ShouldBe(new Dictionary<string, string> { [Annotations.RenewRequest] = "now" });
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10_000)]
    public void An_object_may_be_nested_as_deeply_as_the_API_server_stores_it(int depth)
    {
        var nested = string.Concat(Enumerable.Repeat("{\"f:a\":", depth)) + "{}" + new string('}', depth);
        var json = $$$"""{"metadata":{"managedFields":[{"manager":"upload-session-operator","operation":"Apply","fieldsV1":{{{nested}}}}],"name":"deep"}}""";
        Read(json).Metadata.Name.ShouldBe("deep");
        JsonSerializer.Deserialize(json, ResourceJson.Default.SecretMetadata)!.Metadata.Name.ShouldBe("deep");
    }

    [Fact]
    public void Absent_fields_are_not_written() =>
        JsonSerializer.Serialize(new UploadSessionSpec { Bucket = "landing" }, ResourceJson.Default.UploadSessionSpec).ShouldBe("""{"bucket":"landing"}""");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"apiVersion":null,"kind":null,"metadata":null,"spec":null,"status":{}}""")]
    [InlineData("""{"spec":{"unknown":{"deep":[1]},"namespaces":null}}""")]
    public void Grants_keep_their_defaults_and_drop_what_is_unknown(string json)
    {
        var grant = JsonSerializer.Deserialize(json, ResourceJson.Default.UploadGrant)!;
        grant.Metadata.Name.ShouldBeEmpty();
        grant.Spec.ShouldBe(new UploadGrantSpec());
    }

    private static UploadSession Read(string json) => JsonSerializer.Deserialize(json, ResourceJson.Default.UploadSession)!;
}
