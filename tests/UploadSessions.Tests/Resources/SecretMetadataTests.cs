using System.Text.Json;
using UploadSessions.Planning;
using UploadSessions.Resources;

namespace UploadSessions.Tests.Resources;

public sealed class SecretMetadataTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"metadata":null}""")]
    [InlineData("""{"metadata":{}}""")]
    [InlineData("""{"metadata":{"name":null,"annotations":null,"ownerReferences":null,"managedFields":null}}""")]
    [InlineData("""{"metadata":{"ownerReferences":[null,{},{"apiVersion":null,"kind":null,"name":null,"uid":null,"controller":null}]}}""")]
    public void Absent_and_null_fields_are_nobody_s(string json)
    {
        var secret = JsonSerializer.Deserialize(json, ResourceJson.Default.SecretMetadata)!;
        secret.Owner.ShouldBeNull();
        secret.Metadata.Annotations.ShouldBeEmpty();
        secret.Metadata.OwnedFields.ShouldBe(OwnedFields.None);
        secret.OwnershipFor(Sessions.With(Sessions.Minimal)).ShouldBe(SecretOwnership.Foreign);
    }

    [Fact]
    public void The_controller_is_found_among_other_owners() => JsonSerializer.Deserialize(
        """
        {"metadata":{"ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"c","uid":"1"},
         {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"not-the-controller","uid":"2"},
         {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"s","uid":"3","controller":true}]}}
        """,
        ResourceJson.Default.SecretMetadata)!.Owner!.Uid.ShouldBe("3");

    [Fact]
    public void Nothing_else_is_kept_of_the_owners() => Read(
        """
        {"apiVersion":"v1","kind":"ConfigMap","name":"c","uid":"1"},{"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"other","uid":"2"},
        {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"s","uid":"3","controller":true},
        {"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"t","uid":"4","controller":true}
        """).ShouldHaveSingleItem().Uid.ShouldBe("3");

    [Theory]
    [InlineData(253, 128, 1)]
    [InlineData(254, 36, 0)]
    [InlineData(63, 129, 0)]
    public void What_no_object_can_be_called_is_no_owner(int name, int uid, int kept) => Read(
        $$"""{"apiVersion":"uploadsession.io/v1alpha1","kind":"UploadSession","name":"{{new string('n', name)}}","uid":"{{new string('u', uid)}}","controller":true}""").Count.ShouldBe(kept);

    private static IReadOnlyList<OwnerReference> Read(string owners) =>
        JsonSerializer.Deserialize($$$"""{"metadata":{"ownerReferences":[{{{owners}}}]}}""", ResourceJson.Default.SecretMetadata)!.Metadata.OwnerReferences;
}
