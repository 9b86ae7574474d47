using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CsCheck;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class OwnAnnotationsTests
{
    [Fact]
    public void Ours_are_kept_and_all_others_dropped() => Read("""
        {"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"a\":\"c2VjcmV0\"}}","uploadsession.io/issued-at":"x",
         "uploadsession.io":"y","Uploadsession.io/a":"z","uploadsession.io/input-hash":null,"uploadsession.io/expires-at":["w"],"uploadsession.io/whatever":"u","nested":{"uploadsession.io/spec-hash":"v"}}
        """).ShouldBe(new Dictionary<string, string> { ["uploadsession.io/issued-at"] = "x" });

    [Fact]
    public void Each_that_the_operator_writes_or_asks_for_is_kept()
    {
        string[] names = ["issued-at", "expires-at", "access-key-id", "input-hash", "spec-hash", "handled-renew-request", "renew-request", "allow"];
        var all = names.ToDictionary(name => $"uploadsession.io/{name}", _ => new string('x', 253));
        Read(JsonSerializer.Serialize(all)).ShouldBe(all, ignoreOrder: true);
    }

    [Fact]
    public void An_over_long_renew_request_is_known_by_its_hash_and_another_value_not_at_all()
    {
        var request = new string('x', 254);
        var kept = Read($$"""{"{{Annotations.RenewRequest}}":"{{request}}","{{Annotations.HandledRenewRequest}}":"{{request}}","{{Annotations.InputHash}}":"{{request}}"}""");
        kept.ShouldHaveSingleItem().Value.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request))));
        Read($$"""{"{{Annotations.RenewRequest}}":"{{request}}x"}""").ShouldHaveSingleItem().Value.ShouldNotBe(kept[Annotations.RenewRequest]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("[{\"uploadsession.io/a\":\"b\"}]")]
    [InlineData("7")]
    [InlineData("{}")]
    public void What_is_no_map_is_empty(string annotations) => Read(annotations).ShouldBeEmpty();

    [Fact]
    public void They_are_written_as_they_were() => JsonSerializer.Serialize(
        new ObjectMeta { Annotations = new Dictionary<string, string> { [Annotations.RenewRequest] = "\"now\"" } }, ResourceJson.Default.ObjectMeta)
        .ShouldContain("\"annotations\":{\"uploadsession.io/renew-request\":\"\\u0022now\\u0022\"}");

    [Fact]
    public void Whatever_stands_there_the_rest_of_the_object_is_read() => JsonGen.Values.Sample(
        value => JsonSerializer.Deserialize($$$"""{"metadata":{"annotations":{{{value}}},"name":"n"}}""", ResourceJson.Default.UploadSession)!.Metadata.Name.ShouldBe("n"),
        iter: 1000);

    private static IReadOnlyDictionary<string, string> Read(string annotations) =>
        JsonSerializer.Deserialize($$$"""{"metadata":{"annotations":{{{annotations}}}}}""", ResourceJson.Default.SecretMetadata)!.Metadata.Annotations;
}
