using System.Text;
using System.Text.Json;
using CsCheck;
using UploadSessions.Credentials;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class OwnedFieldsTests
{
    private static readonly OwnedFields Two = OwnedFields.Of([SecretKeys.AccessKeyId, Annotations.ManagedLabel]);

    /// <summary>As an API server wrote them: an editor's entries before and after ours, with members that do not matter.</summary>
    private const string Managed = """
        [
          {"manager":"kubectl-edit","operation":"Update","apiVersion":"v1","time":"2026-11-01T12:00:00Z","fieldsType":"FieldsV1",
           "fieldsV1":{"f:data":{"f:AWS_SESSION_TOKEN":{},"f:mine":{}}}},
          {"manager":"upload-session-operator","operation":"Apply","apiVersion":"v1","time":"2026-11-01T12:00:00Z","fieldsType":"FieldsV1",
           "fieldsV1":{"f:data":{".":{},"f:AWS_ACCESS_KEY_ID":{},"f:credentials.json":{}},
                       "f:metadata":{"f:annotations":{"f:uploadsession.io/issued-at":{}},
                                     "f:labels":{"f:app.kubernetes.io/managed-by":{},"f:uploadsession.io/managed":{}},
                                     "f:ownerReferences":{"k:{\"uid\":\"5f1c\"}":{}}},
                       "f:type":{}}},
          {"manager":"upload-session-operator","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1",
           "fieldsV1":{"f:data":{"f:AWS_REGION":{}}}},
          {"manager":"another","operation":"Apply","apiVersion":"v1","subresource":"status","fieldsType":"FieldsV1",
           "fieldsV1":{"f:data":{"f:UPLOAD_BUCKET":{}}}}
        ]
        """;

    [Fact]
    public void Only_our_own_Apply_entry_counts() => Read(Managed)
        .ShouldBe(OwnedFields.Of([SecretKeys.AccessKeyId, SecretKeys.CredentialsJson, Annotations.IssuedAt, Annotations.ManagedLabel]));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("[null, 1, \"text\", true, [[{}]], {}]")]
    [InlineData("""[{"manager":null,"operation":"Apply","fieldsV1":{"f:data":{"f:AWS_ACCESS_KEY_ID":{}}}}]""")]
    [InlineData("""[{"manager":7,"operation":{"a":[1]},"fieldsV1":null}]""")]
    [InlineData("""[{"manager":"upload-session-operator","operation":["Apply"],"fieldsV1":{"f:data":{"f:AWS_ACCESS_KEY_ID":{}}}}]""")]
    [InlineData("""[{"manager":"upload-session-operator","operation":"Apply"}]""")]
    [InlineData("""[{"manager":"upload-session-operator","operation":"Apply","fieldsV1":"f:AWS_ACCESS_KEY_ID"}]""")]
    [InlineData("""[{"manager":"upload-session-operator","operation":"Apply","fieldsV1":{"f:AWS_ACCESS_KEY_ID":{}}}]""")]
    [InlineData("""[{"manager":"upload-session-operator","operation":"Apply","fieldsV1":{"f:data":{"AWS_ACCESS_KEY_ID":{},"f:":{}}}}]""")]
    public void Anything_else_owns_nothing(string managedFields) => Read(managedFields).ShouldBe(OwnedFields.None);

    [Theory]
    [InlineData("""[1,{"manager":"upload-session-operator","operation":"Apply","fieldsV1":{"f:data":{"f:AWS_ACCESS_KEY_ID":{}}}}]""")]
    [InlineData("""[{"fieldsV1":{"f:data":{"f:AWS_ACCESS_KEY_ID":{}}},"operation":"Apply","x":[{"manager":"other"}],"manager":"upload-session-operator"}]""")]
    public void Order_and_company_do_not_matter(string managedFields) => Read(managedFields).ShouldBe(OwnedFields.Of([SecretKeys.AccessKeyId]));

    [Fact]
    public void A_set_covers_what_is_in_it_and_no_more()
    {
        OwnedFields.None.Covers(Two).ShouldBeFalse();
        Two.Covers(OwnedFields.Of([SecretKeys.AccessKeyId])).ShouldBeTrue();
        Two.Covers(Two).ShouldBeTrue();
        Two.Covers(Two.With(SecretKeys.Region)).ShouldBeFalse();
    }

    [Fact]
    public void Names_of_others_are_left_out() => OwnedFields.Of(["mine", "", "AWS_ACCESS_KEY_ID2"]).ShouldBe(OwnedFields.None);

    [Fact]
    public void Every_key_of_ours_is_told_apart()
    {
        string[] names = [.. SecretKeys.All, Annotations.IssuedAt, Annotations.ExpiresAt, Annotations.AccessKeyId, Annotations.InputHash, Annotations.ManagedLabel];
        names.Select(name => OwnedFields.Of([name])).Distinct().Count().ShouldBe(names.Length);
        names.ShouldAllBe(name => OwnedFields.Of(new[] { name }) != OwnedFields.None);
    }

    [Fact]
    public void Whatever_stands_there_the_rest_of_the_object_is_read() => JsonGen.Values.Sample(
        value => Parse($$$"""{"metadata":{"managedFields":{{{value}}},"annotations":{"uploadsession.io/issued-at":"x"},"name":"n"}}""").Metadata.Name.ShouldBe("n"),
        iter: 1000);

    [Fact]
    public void Broken_text_is_refused_as_such() => Gen.Select(Gen.Int[0, 2000], Gen.Byte).Sample(
        (at, with) =>
        {
            var text = Encoding.UTF8.GetBytes($$$"""{"metadata":{"managedFields":{{{Managed}}},"name":"n"}}""");
            text[at % text.Length] = with;
            try
            {
                JsonSerializer.Deserialize(text, ResourceJson.Default.SecretMetadata);
            }
            catch (JsonException)
            {
            }
        },
        iter: 1000);

    private static OwnedFields Read(string managedFields)
    {
        var metadata = Parse($$$"""{"metadata":{"managedFields":{{{managedFields}}},"name":"after"}}""").Metadata;
        metadata.Name.ShouldBe("after");
        return metadata.OwnedFields;
    }

    private static SecretMetadata Parse(string json) => JsonSerializer.Deserialize(json, ResourceJson.Default.SecretMetadata)!;
}
