using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using UploadSessions.Resources;
using UploadSessions.Tests.Grants;

namespace UploadSessions.Tests.Crds;

/// <summary>The schema of grants may refuse less than the operator, but never what the operator accepts.</summary>
public sealed class GrantSchemaAgreementTests
{
    [Theory]
    [MemberData(nameof(GrantReaderTests.Valid), MemberType = typeof(GrantReaderTests))]
    public void What_the_operator_accepts_the_schema_accepts(UploadGrantSpec spec) => Problems(spec).ShouldBeEmpty();

    [Fact]
    public void Generated_grants_that_the_operator_accepts_the_schema_accepts() => GrantGen.Specs.Sample(spec =>
    {
        if (TestGrants.Read(spec).Terms is not null)
            Problems(spec).ShouldBeEmpty();
    });

    [Theory]
    [InlineData("""{"namespaces":{"names":["Team"]}}""")]
    [InlineData("""{"namespaces":{"names":[""]}}""")]
    [InlineData("""{"roleArns":[]}""")]
    [InlineData("""{"roleArns":["*"]}""")]
    [InlineData("""{"roleArns":["arn:aws:iam::*:role/x"]}""")]
    [InlineData("""{"roleArns":["arn:aws:iam::123456789012:role/x?"]}""")]
    [InlineData("""{"targets":[]}""")]
    [InlineData("""{"targets":[{"prefix":"a*/"}]}""")]
    [InlineData("""{"targets":[{"prefix":"${aws:username}/"}]}""")]
    [InlineData("""{"targets":[{"prefix":"$/"}]}""")]
    [InlineData("""{"targets":[{"prefix":"a\n/"}]}""")]
    [InlineData("""{"targets":[{"access":[]}]}""")]
    [InlineData("""{"targets":[{"access":["*"]}]}""")]
    [InlineData("""{"targets":[{"bucket":"*"}]}""")]
    [InlineData("""{"targets":[{"kmsKeyArns":["*"]}]}""")]
    [InlineData("""{"maxDuration":"1d"}""")]
    [InlineData("""{"maxLifetime":"forever"}""")]
    [InlineData("""{"requireConstraints":{}}""")]
    [InlineData("""{"requireConstraints":{"sourceIps":[]}}""")]
    [InlineData("""{"allowedSessionTags":{}}""")]
    [InlineData("""{"allowedSessionTags":{"a":[]}}""")]
    [InlineData("""{"session":{"externalId":"two words"}}""")]
    [InlineData("""{"session":{"region":"EU"}}""")]
    [InlineData("""{"session":{"stsEndpoint":"ftp://x"}}""")]
    [InlineData("""{"session":{"s3Endpoint":"https://x/?y"}}""")]
    public void What_a_schema_can_say_it_refuses(string spec) =>
        SchemaValidator.Problems("spec", Crd.Grants.Spec, JsonNode.Parse(spec)).ShouldHaveSingleItem();

    private static IEnumerable<string> Problems(UploadGrantSpec spec) =>
        SchemaValidator.Problems("spec", Crd.Grants.Spec, JsonSerializer.SerializeToNode(spec, ResourceJson.Default.UploadGrantSpec));
}
