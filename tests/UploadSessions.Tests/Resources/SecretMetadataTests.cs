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
}
